// The ground of the globe: places on a ball of radius 1, which is turned here.

alias Ground = vec3f;

fn screen_from_ground(point: vec3f) -> vec3f {
    let seen = vec2f(dot(view.right.xyz, point), -dot(view.up.xyz, point));
    return vec3f(view.origin_px + seen * view.px_per_unit, dot(view.towards.xyz, point) * 0.5);
}
