// The ground while one projection becomes another: places on a ball of radius 1, laid out by both and mixed.

alias Ground = vec3f;

const MERCATOR: f32 = 0.0;
const EQUAL_EARTH: f32 = 1.0;
const GLOBE: f32 = 2.0;
// The sine of the latitude at which Mercator ends.
const MERCATOR_END: f32 = 0.99628;

struct Laid {
    kind: f32,
    center: vec4f,
    px_per_unit: f32,
    right: vec3f,
    up: vec3f,
    towards: vec3f,
}

// As in `projection.rs`.
fn flat_place(kind: f32, point: vec3f) -> vec2f {
    let lon = atan2(point.y, point.x);
    if (kind == MERCATOR) {
        let sine = clamp(point.z, -MERCATOR_END, MERCATOR_END);
        return vec2f(lon, 0.5 * log((1.0 + sine) / (1.0 - sine)));
    }
    let theta = asin(clamp(point.z, -1.0, 1.0) * 0.8660254);
    let t2 = theta * theta;
    let t6 = t2 * t2 * t2;
    let slope = 1.340264 - 3.0 * 0.081106 * t2 + t6 * (7.0 * 0.000893 + 9.0 * 0.003796 * t2);
    let y = theta * (1.340264 - 0.081106 * t2 + t6 * (0.000893 + 0.003796 * t2));
    return vec2f(lon * 2.0 * 1.7320508 * cos(theta) / (3.0 * slope), y);
}

fn lay(how: Laid, point: vec3f) -> vec3f {
    if (how.kind == GLOBE) {
        let seen = vec2f(dot(how.right, point), -dot(how.up, point));
        return vec3f(view.origin_px + seen * how.px_per_unit, dot(how.towards, point));
    }
    let from_center = (flat_place(how.kind, point) - how.center.xy) * how.px_per_unit - how.center.zw;
    return vec3f(view.origin_px + vec2f(from_center.x, -from_center.y), 1.0);
}

fn screen_from_ground(point: vec3f) -> vec3f {
    let after = Laid(view.kinds.x, vec4f(view.center, view.center_rest_px), view.px_per_unit, view.right.xyz, view.up.xyz, view.towards.xyz);
    let before = Laid(view.kinds.y, view.center_before, view.kinds.w, view.right_before.xyz, view.up_before.xyz, view.towards_before.xyz);
    // What is behind the globe comes up over its edge little by little.
    return mix(lay(before, point), lay(after, point), view.kinds.z) * vec3f(1.0, 1.0, 0.5);
}
