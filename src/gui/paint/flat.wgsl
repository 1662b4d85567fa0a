// The ground of a flat map: world units of its projection.

alias Ground = vec2f;

fn screen_from_ground(point: vec2f) -> vec3f {
    let from_center = (point - view.center) * view.px_per_unit - view.center_rest_px;
    return vec3f(view.origin_px + vec2f(from_center.x, -from_center.y), 0.5);
}
