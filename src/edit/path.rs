//! Paths into JSON: names and positions divided by `/`, as RFC 6901 has them, without the first slash.

use serde_json::{Map, Value};

use super::Refusal;

/// Sets what a path leads to; `null` takes it away. Objects that the path names and that are not there are made.
///
/// # Errors
/// [`Refusal::Path`] where the path leads through a text or number, or past the end of a list.
pub fn set(map: &mut Map<String, Value>, path: &str, value: Value) -> Result<(), Refusal> {
    let keys: Vec<String> = path.split('/').map(|key| key.replace("~1", "/").replace("~0", "~")).collect();
    let no_way = |why: String| Refusal::Path { path: path.to_owned(), why };
    if keys.iter().any(String::is_empty) {
        return Err(no_way("a name is empty".to_owned()));
    }
    set_in_map(map, &keys, value).map_err(no_way)
}

fn set_in_map(map: &mut Map<String, Value>, keys: &[String], value: Value) -> Result<(), String> {
    match keys {
        [] => Err("it has no names".to_owned()),
        [key] if value.is_null() => map.shift_remove(key).map(|_| ()).ok_or_else(|| format!("there is no `{key}` to take away")),
        [key] => {
            map.insert(key.clone(), value);
            Ok(())
        }
        [key, rest @ ..] => {
            let is_list = rest[0] == "-" || rest[0].parse::<usize>().is_ok();
            let child = map.entry(key).or_insert_with(|| if is_list { Value::Array(Vec::new()) } else { Value::Object(Map::new()) });
            set_in(child, rest, value, key)
        }
    }
}

fn set_in(place: &mut Value, keys: &[String], value: Value, name: &str) -> Result<(), String> {
    match place {
        Value::Object(map) => set_in_map(map, keys, value),
        Value::Array(list) => set_in_list(list, keys, value, name),
        _ => Err(format!("`{name}` is neither a list nor an object")),
    }
}

fn set_in_list(list: &mut Vec<Value>, keys: &[String], value: Value, name: &str) -> Result<(), String> {
    let [key, rest @ ..] = keys else { return Err("it has no names".to_owned()) };
    let count = list.len();
    let position = if key == "-" { Some(count) } else { key.parse().ok() };
    let position: usize =
        position.filter(|position| *position <= count).ok_or_else(|| format!("`{name}` has {count} items, none at `{key}`"))?;
    match rest {
        [] if value.is_null() && position < count => drop(list.remove(position)),
        [] if value.is_null() => return Err(format!("`{name}` has {count} items, none at `{key}`")),
        [] if position < count => list[position] = value,
        [] => list.push(value),
        rest => {
            if position == count {
                list.push(Value::Object(Map::new()));
            }
            return set_in(&mut list[position], rest, value, key);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn after(path: &str, value: Value) -> Result<Value, Refusal> {
        let Value::Object(mut map) = json!({"name": "A", "list": [{"x": 1}, 2]}) else { unreachable!() };
        set(&mut map, path, value).map(|()| Value::Object(map))
    }

    #[test]
    fn paths_set_add_and_take_away() {
        assert_eq!(after("name", json!("B")).unwrap()["name"], "B");
        assert_eq!(after("names/ind", json!("C")).unwrap()["names"], json!({"ind": "C"}));
        assert_eq!(after("list/0/x", json!(3)).unwrap()["list"], json!([{"x": 3}, 2]));
        assert_eq!(after("list/-", json!(3)).unwrap()["list"], json!([{"x": 1}, 2, 3]));
        assert_eq!(after("list/1", Value::Null).unwrap()["list"], json!([{"x": 1}]));
        assert_eq!(after("more/-/id", json!("a")).unwrap()["more"], json!([{"id": "a"}]));
        assert_eq!(after("a~1b", json!(1)).unwrap()["a/b"], 1);
        assert_eq!(after("name", Value::Null).unwrap(), json!({"list": [{"x": 1}, 2]}));
    }

    #[test]
    fn paths_that_lead_nowhere_say_where_they_end() {
        for (path, value, why) in [
            ("name/x", json!(1), "`name` is neither"),
            ("list/7", json!(1), "2 items"),
            ("list/2", Value::Null, "2 items"),
            ("none", Value::Null, "no `none`"),
            ("", json!(1), "empty"),
            ("a//b", json!(1), "empty"),
        ] {
            let error = after(path, value).unwrap_err().to_string();
            assert!(error.contains(why), "{path}: {error}");
        }
    }
}
