//! A reader that knows just enough PDF to tell what is on its pages: objects, streams, and the letters that fonts stand for.

use std::{
    collections::{BTreeMap, HashMap},
    io::Read,
};

/// A value of PDF.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Number(f64),
    Name(String),
    Text(Vec<u8>),
    List(Vec<Value>),
    Dict(BTreeMap<String, Value>),
    Ref(usize),
    /// An operator, `true`, `false`, `null`, or another word.
    Word(String),
}

impl Value {
    /// What stands behind a key of a dictionary.
    pub fn get(&self, key: &str) -> Option<&Value> {
        if let Self::Dict(dict) = self { dict.get(key) } else { None }
    }

    pub fn number(&self) -> f64 {
        if let Self::Number(number) = self { *number } else { panic!("{self:?} is no number") }
    }

    /// The numbers of a list.
    pub fn numbers(&self) -> Vec<f64> {
        if let Self::List(list) = self { list.iter().map(Value::number).collect() } else { panic!("{self:?} is no list") }
    }

    fn is_name(&self, name: &str) -> bool {
        matches!(self, Self::Name(own) if own == name)
    }

    /// A string for people: UTF-16 with its mark, else Latin.
    pub fn words(&self) -> String {
        let Self::Text(bytes) = self else { panic!("{self:?} is no text") };
        match bytes.strip_prefix(&[0xfe, 0xff]) {
            Some(units) => {
                String::from_utf16_lossy(&units.chunks(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]])).collect::<Vec<_>>())
            }
            None => bytes.iter().map(|byte| char::from(*byte)).collect(),
        }
    }
}

/// A document that was read again.
pub struct Pdf {
    objects: BTreeMap<usize, (Value, Vec<u8>)>,
    trailer: Value,
}

impl Pdf {
    /// Reads all objects by the table at the end; panics at what is no PDF.
    pub fn read(bytes: &[u8]) -> Self {
        assert!(bytes.starts_with(b"%PDF-1."), "a head");
        let end = bytes.strip_suffix(b"%%EOF").expect("an end");
        let at = end.windows(9).rposition(|window| window == b"startxref").expect("startxref");
        let mut table = Parser::at(bytes, Parser::at(bytes, at + 9).value().number() as usize);
        assert_eq!(table.value(), Value::Word("xref".to_owned()));
        let (first, count) = (table.value().number() as usize, table.value().number() as usize);
        let mut objects = BTreeMap::new();
        for number in first..first + count {
            let (offset, _, kind) = (table.value().number() as usize, table.value(), table.value());
            if kind == Value::Word("n".to_owned()) {
                objects.insert(number, Parser::at(bytes, offset).object());
            }
        }
        assert_eq!(table.value(), Value::Word("trailer".to_owned()));
        let trailer = table.value();
        Self { objects, trailer }
    }

    fn resolved<'a>(&'a self, value: &'a Value) -> &'a Value {
        if let Value::Ref(number) = value { &self.objects[number].0 } else { value }
    }

    fn stream(&self, value: &Value) -> &[u8] {
        let Value::Ref(number) = value else { panic!("{value:?} is no stream") };
        &self.objects[number].1
    }

    /// All pages in their order.
    pub fn pages(&self) -> Vec<&Value> {
        let catalog = self.resolved(self.trailer.get("Root").expect("a catalog"));
        let mut pages = Vec::new();
        self.add_pages(self.resolved(catalog.get("Pages").expect("pages")), &mut pages);
        pages
    }

    fn add_pages<'a>(&'a self, node: &'a Value, pages: &mut Vec<&'a Value>) {
        match node.get("Kids") {
            Some(Value::List(kids)) => kids.iter().for_each(|kid| self.add_pages(self.resolved(kid), pages)),
            _ => pages.push(node),
        }
    }

    /// What the document says of itself under a key; `None` for nothing.
    pub fn info(&self, key: &str) -> Option<String> {
        Some(self.resolved(self.trailer.get("Info")?).get(key)?.words())
    }

    /// Its language.
    pub fn language(&self) -> String {
        self.resolved(self.trailer.get("Root").expect("a catalog")).get("Lang").expect("a language").words()
    }

    /// How many dictionaries have this name under this key.
    pub fn count(&self, key: &str, name: &str) -> usize {
        self.objects.values().filter(|(head, _)| head.get(key).is_some_and(|value| value.is_name(name))).count()
    }

    /// What is read on a page, in the order in which it is drawn: letters by way of their fonts, and whole words where the page says how they read.
    pub fn text(&self, page: &Value) -> String {
        let fonts = self.fonts(page);
        let (mut text, mut font, mut operands) = (String::new(), None, Vec::new());
        // For each mark that is open, whether it, or one round it, tells how it reads.
        let mut told: Vec<bool> = Vec::new();
        // Letters from right to left stand in the order in which they are seen, until their line ends; `None` outside such lines.
        let mut reversed: Option<Vec<String>> = None;
        let mut content = Parser::at(self.stream(page.get("Contents").expect("a content")), 0);
        while let Some(value) = content.next_value() {
            let Value::Word(operator) = value else {
                operands.push(value);
                continue;
            };
            let is_told = told.last() == Some(&true);
            match operator.as_str() {
                "BMC" => {
                    if operands[0].is_name("ReversedChars") && !is_told {
                        reversed.get_or_insert_default();
                    }
                    told.push(is_told);
                }
                "ET" => reversed.take().into_iter().for_each(|letters| letters.iter().rev().for_each(|letter| text.push_str(letter))),
                "BDC" => {
                    let words = operands.last().and_then(|properties| properties.get("ActualText"));
                    words.iter().filter(|_| !is_told).for_each(|words| text.push_str(&(words.words() + "\n")));
                    told.push(is_told || words.is_some());
                }
                "EMC" => assert!(told.pop().is_some(), "a mark is closed that was not opened"),
                "Tf" => font = if let Value::Name(name) = &operands[0] { fonts.get(name) } else { None },
                "Tj" | "TJ" if !is_told => {
                    let letters = shown(&operands[0], font.expect("a font"));
                    match &mut reversed {
                        Some(stretch) => stretch.extend(letters),
                        None => text.push_str(&(letters.concat() + "\n")),
                    }
                }
                _ => {}
            }
            operands.clear();
        }
        assert!(told.is_empty(), "all marks are closed");
        text
    }

    /// Fonts by their names on a page: which code is which letters.
    fn fonts(&self, page: &Value) -> HashMap<String, HashMap<u16, String>> {
        let resources = self.resolved(page.get("Resources").expect("resources"));
        let Some(Value::Dict(fonts)) = resources.get("Font").map(|fonts| self.resolved(fonts)) else { return HashMap::new() };
        let letters_of = |font: &Value| letters(self.stream(self.resolved(font).get("ToUnicode").expect("letters of the font")));
        fonts.iter().map(|(name, font)| (name.clone(), letters_of(font))).collect()
    }
}

/// What each letter of a string, or of the strings of a list, reads as.
fn shown(value: &Value, letters: &HashMap<u16, String>) -> Vec<String> {
    match value {
        Value::Text(codes) => codes.chunks(2).filter_map(|code| letters.get(&u16::from_be_bytes([code[0], code[1]]))).cloned().collect(),
        Value::List(parts) => parts.iter().flat_map(|part| shown(part, letters)).collect(),
        _ => Vec::new(),
    }
}

/// `beginbfchar <0001> <0041> ... endbfchar`: which code is which letters.
fn letters(map: &[u8]) -> HashMap<u16, String> {
    let mut parser = Parser::at(map, 0);
    let (mut letters, mut texts) = (HashMap::new(), Vec::new());
    while let Some(value) = parser.next_value() {
        match value {
            Value::Text(bytes) => texts.push(bytes),
            Value::Word(word) if word == "endbfchar" => {
                for pair in texts.chunks(2) {
                    let units: Vec<u16> = pair[1].chunks(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]])).collect();
                    letters.insert(big_endian(&pair[0]) as u16, String::from_utf16_lossy(&units));
                }
            }
            Value::Word(_) => texts.clear(),
            _ => {}
        }
    }
    letters
}

fn big_endian(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte))
}

struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Parser<'a> {
    fn at(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// `7 0 obj ... endobj`, and its stream unpacked; empty for none.
    fn object(mut self) -> (Value, Vec<u8>) {
        let (_, _, obj) = (self.value(), self.value(), self.value());
        assert_eq!(obj, Value::Word("obj".to_owned()));
        let head = self.value();
        if self.next_value() != Some(Value::Word("stream".to_owned())) {
            return (head, Vec::new());
        }
        let begin = self.at + if self.bytes[self.at] == b'\r' { 2 } else { 1 };
        let packed = &self.bytes[begin..begin + head.get("Length").expect("a length").number() as usize];
        if head.get("Filter").is_none() {
            return (head, packed.to_vec());
        }
        let mut plain = Vec::new();
        flate2::read::ZlibDecoder::new(packed).read_to_end(&mut plain).expect("a packed stream");
        (head, plain)
    }

    fn value(&mut self) -> Value {
        self.next_value().expect("a value")
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while let Some(byte) = self.peek().filter(|byte| byte.is_ascii_whitespace() || matches!(byte, 0 | b'%')) {
            self.at += 1;
            if byte == b'%' {
                while self.peek().is_some_and(|byte| byte != b'\n' && byte != b'\r') {
                    self.at += 1;
                }
            }
        }
    }

    /// The next value; `None` at the end, or where a list or dictionary ends.
    fn next_value(&mut self) -> Option<Value> {
        self.skip_blanks();
        match (self.peek()?, self.bytes.get(self.at + 1)) {
            (b'<', Some(b'<')) => Some(self.dict()),
            (b'<', _) => Some(self.hex()),
            (b'>', _) => {
                self.at += 2;
                None
            }
            (b'[', _) => {
                self.at += 1;
                Some(Value::List(std::iter::from_fn(|| self.next_value()).collect()))
            }
            (b']', _) => {
                self.at += 1;
                None
            }
            (b'(', _) => Some(self.literal()),
            (b'/', _) => {
                self.at += 1;
                Some(Value::Name(self.word()))
            }
            _ => Some(self.number_or_word()),
        }
    }

    fn word(&mut self) -> String {
        let begin = self.at;
        while self.peek().is_some_and(|byte| !byte.is_ascii_whitespace() && !b"()<>[]{}/%".contains(&byte)) {
            self.at += 1;
        }
        if self.at == begin {
            self.at += 1;
        }
        self.bytes[begin..self.at].iter().map(|byte| char::from(*byte)).collect()
    }

    fn number_or_word(&mut self) -> Value {
        let word = self.word();
        let Ok(number) = word.parse::<f64>() else { return Value::Word(word) };
        // `7 0 R` is a reference.
        let after = self.at;
        if self.bytes[after..].starts_with(b" 0 R") {
            self.at += 4;
            return Value::Ref(number as usize);
        }
        Value::Number(number)
    }

    fn dict(&mut self) -> Value {
        self.at += 2;
        let mut dict = BTreeMap::new();
        while let Some(Value::Name(key)) = self.next_value() {
            let value = self.value();
            dict.insert(key, value);
        }
        Value::Dict(dict)
    }

    fn hex(&mut self) -> Value {
        let end = self.bytes[self.at..].iter().position(|byte| *byte == b'>').expect("the end of a string");
        let digits: Vec<u8> = self.bytes[self.at + 1..self.at + end].to_vec();
        self.at += end + 1;
        let digit = |byte: u8| char::from(byte).to_digit(16).expect("a digit") as u8;
        Value::Text(digits.chunks(2).map(|pair| digit(pair[0]) << 4 | pair.get(1).map_or(0, |byte| digit(*byte))).collect())
    }

    fn literal(&mut self) -> Value {
        let (mut bytes, mut depth) = (Vec::new(), 0);
        loop {
            self.at += 1;
            match self.bytes[self.at] {
                b')' if depth == 0 => break,
                b'\\' => bytes.extend(self.escaped()),
                other => {
                    depth += i32::from(other == b'(') - i32::from(other == b')');
                    bytes.push(other);
                }
            }
        }
        self.at += 1;
        Value::Text(bytes)
    }

    fn escaped(&mut self) -> Option<u8> {
        self.at += 1;
        match self.bytes[self.at] {
            b'n' => Some(b'\n'),
            b'r' => Some(b'\r'),
            b't' => Some(b'\t'),
            b'b' => Some(8),
            b'f' => Some(12),
            b'0'..=b'7' => {
                let digits: String = self.bytes[self.at..self.at + 3].iter().map(|byte| char::from(*byte)).collect();
                self.at += 2;
                u8::from_str_radix(&digits, 8).ok()
            }
            other => Some(other),
        }
    }
}
