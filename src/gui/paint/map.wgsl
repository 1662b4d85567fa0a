// The land on the GPU: fills, hatches, lines and soft edges. One module, several entry points; see `pipelines.rs`.
//
// Before it comes either `flat.wgsl` or `globe.wgsl`, which say what a position of the ground is and where it is seen. Everything on the screen is
// in physical pixels of the whole window, `y` down, so that `@builtin(position)` of the fragment stage can be compared with what the vertex stage
// passes on.

struct Stroke {
    // Straight colour.
    color: vec4f,
    // Half the width in pixels; the reach of the soft edge in pixels; 1 for a line that is drawn above the others; nothing.
    shape: vec4f,
    // Ink, gap, ink, gap in pixels; the first is 0 for an unbroken line, the third where there is one ink only.
    dash: vec4f,
}

struct View {
    // The world point in the middle, rounded, and what the rounding left out, in pixels.
    center: vec2f,
    center_rest_px: vec2f,
    // Where the middle is on the screen.
    origin_px: vec2f,
    screen_px: vec2f,
    px_per_unit: f32,
    stripe_px: f32,
    // 0 shows the old style, 1 the new one.
    blend: f32,
    hatch_phase_px: f32,
    // The globe as it is turned: what is right, up and towards the viewer.
    right: vec4f,
    up: vec4f,
    towards: vec4f,
    // While one projection becomes another: the kinds of the new and the old one, how far the new one has come, pixels a unit of the old one;
    // the old middle with the rest; the old globe.
    kinds: vec4f,
    center_before: vec4f,
    right_before: vec4f,
    up_before: vec4f,
    towards_before: vec4f,
    // Of a round piece of the map: its middle, its radius.
    circle_px: vec4f,
    // Fourteen of the old style, fourteen of the new one, by class.
    strokes: array<Stroke, 28>,
}

@group(0) @binding(0) var<uniform> view: View;
@group(1) @binding(0) var old_fill_of_unit: texture_2d<u32>;
@group(1) @binding(1) var old_palette: texture_2d<f32>;
@group(1) @binding(2) var old_arcs: texture_2d<u32>;
@group(2) @binding(0) var new_fill_of_unit: texture_2d<u32>;
@group(2) @binding(1) var new_palette: texture_2d<f32>;
@group(2) @binding(2) var new_arcs: texture_2d<u32>;

const CLASSES: u32 = 14u;
const TEXELS_PER_FILL: u32 = 5u;
// Whether a round piece is drawn: nothing outside of `circle_px`.
override is_round: bool = false;
const CULLED: vec4f = vec4f(2.0, 2.0, 2.0, 1.0);

// Tables are 1024 texels wide.
fn at(index: u32) -> vec2u {
    return vec2u(index & 1023u, index >> 10u);
}

// What is behind the globe has a negative third number and is cut off there.
fn clip_from_screen(point: vec3f) -> vec4f {
    let unit = point.xy / view.screen_px * 2.0 - 1.0;
    return vec4f(unit.x, -unit.y, point.z, 1.0);
}

fn is_outside(pixel: vec2f) -> bool {
    return is_round && distance(pixel, view.circle_px.xy) > view.circle_px.z;
}

// ---- fills

fn old_color(fill: u32, stripe: u32) -> vec4f {
    return textureLoad(old_palette, at(fill * TEXELS_PER_FILL + stripe), 0);
}

fn new_color(fill: u32, stripe: u32) -> vec4f {
    return textureLoad(new_palette, at(fill * TEXELS_PER_FILL + stripe), 0);
}

fn premultiplied(color: vec4f) -> vec4f {
    return vec4f(color.rgb * color.a, color.a);
}

struct FillVertex {
    @builtin(position) clip: vec4f,
    @location(0) @interpolate(flat) color: vec4f,
}

@vertex
fn vs_fill(@location(0) point: Ground, @location(1) unit: u32) -> FillVertex {
    let fill = textureLoad(new_fill_of_unit, at(unit), 0).r;
    var color = premultiplied(new_color(fill, 0u));
    if (view.blend < 1.0) {
        let before = textureLoad(old_fill_of_unit, at(unit), 0).r;
        color = mix(premultiplied(old_color(before, 0u)), color, view.blend);
    }
    return FillVertex(clip_from_screen(screen_from_ground(point)), color);
}

@fragment
fn fs_fill(in: FillVertex) -> @location(0) vec4f {
    if (is_outside(in.clip.xy)) {
        discard;
    }
    return in.color;
}

struct HatchVertex {
    @builtin(position) clip: vec4f,
    // Old and new fill.
    @location(0) @interpolate(flat) fills: vec2u,
}

@vertex
fn vs_hatch(@location(0) point: Ground, @location(1) unit: u32) -> HatchVertex {
    let after = textureLoad(new_fill_of_unit, at(unit), 0).r;
    let before = textureLoad(old_fill_of_unit, at(unit), 0).r;
    return HatchVertex(clip_from_screen(screen_from_ground(point)), vec2u(before, after));
}

struct Stripe {
    own: u32,
    next: u32,
    share_of_next: f32,
}

// Which of the stripes of a fill runs through a pixel, with its upper edge smoothed over one pixel. `shape` holds how many stripes lie on the ground
// and how many stripes wide the ground is; the ground is number 0.
fn stripe_at(pixel: vec2f, shape: vec4f) -> Stripe {
    let ground = u32(shape.g * 255.0 + 0.5);
    let count = ground + u32(shape.r * 255.0 + 0.5);
    // Divided by the root of two: across the stripes.
    let across = (pixel.x + pixel.y) * 0.70710678 + view.hatch_phase_px;
    let place = across / view.stripe_px;
    let whole = floor(place);
    let own = u32(whole - floor(whole / f32(count)) * f32(count));
    let share = clamp((place - whole - 1.0) * view.stripe_px + 1.0, 0.0, 1.0);
    let next = (own + 1u) % count;
    return Stripe(max(own + 1u, ground) - ground, max(next + 1u, ground) - ground, share);
}

@fragment
fn fs_hatch(in: HatchVertex) -> @location(0) vec4f {
    if (is_outside(in.clip.xy)) {
        discard;
    }
    let pixel = in.clip.xy - view.origin_px;
    let stripe = stripe_at(pixel, new_color(in.fills.y, 4u));
    var color = mix(new_color(in.fills.y, stripe.own), new_color(in.fills.y, stripe.next), stripe.share_of_next);
    if (view.blend < 1.0) {
        let before = stripe_at(pixel, old_color(in.fills.x, 4u));
        let color_before = mix(old_color(in.fills.x, before.own), old_color(in.fills.x, before.next), before.share_of_next);
        color = mix(color_before, color, view.blend);
    }
    return premultiplied(color);
}

// ---- lines

// One instance is the stretch from `a` to `b`, with the points before and after it on the same arc. The highest bit of an arc's number marks
// a point that is only there to be a neighbour: a closed arc begins and ends with one.
struct Segment {
    @location(0) before: Ground,
    @location(1) before_arc: u32,
    @location(2) a: Ground,
    @location(3) a_arc: u32,
    @location(4) b: Ground,
    @location(5) b_arc: u32,
    @location(6) after: Ground,
    @location(7) after_arc: u32,
    // How far along the arc `a` is, in world units.
    @location(8) along: f32,
}

struct LineVertex {
    @builtin(position) clip: vec4f,
    // Both ends, in pixels.
    @location(0) @interpolate(flat) ends: vec4f,
    // The direction halfway round the corner at each end; zero at the end of an arc.
    @location(1) @interpolate(flat) corners: vec4f,
    // Distance along the line at `a` in pixels, in the old and the new style, and 1 or -1 as it grows or falls towards `b`.
    @location(2) @interpolate(flat) along_px: vec4f,
    // Old and new stroke.
    @location(3) @interpolate(flat) strokes: vec2u,
}

// A corner of the stretch's box, with where it is on the screen.
struct LineCorner {
    line: LineVertex,
    pixel: vec2f,
}

const GHOST: u32 = 0x80000000u;
const ARC: u32 = 0x7fffffffu;
const CLASS: u32 = 15u;
const SOFT: u32 = 16u;
const REVERSED: u32 = 32u;

fn direction(a: vec2f, b: vec2f) -> vec2f {
    let d = b - a;
    let length = length(d);
    return select(vec2f(0.0), d / max(length, 1e-12), length > 1e-6);
}

// The direction halfway round a corner; that of the line itself where it turns back on itself.
fn halfway(coming: vec2f, going: vec2f) -> vec2f {
    let sum = coming + going;
    return select(going, normalize(sum), dot(sum, sum) > 1e-4);
}

fn along_of(word: u32, along: f32) -> vec2f {
    let start = f32(word >> 6u) * (4.0 / 67108864.0);
    let sign = select(1.0, -1.0, (word & REVERSED) != 0u);
    return vec2f((start + sign * along) * view.px_per_unit, sign);
}

// `layer` 0 draws the quiet lines, 1 those above the others, 2 the soft edges of either.
fn line_corner(corner: u32, in: Segment, layer: u32) -> LineCorner {
    var out: LineVertex;
    out.clip = CULLED;
    let arc = in.a_arc;
    if (in.b_arc != arc || (arc & GHOST) != 0u) {
        return LineCorner(out, vec2f(0.0));
    }
    let word = textureLoad(new_arcs, at(arc), 0).r;
    var word_before = word;
    if (view.blend < 1.0) {
        word_before = textureLoad(old_arcs, at(arc), 0).r;
    }
    out.strokes = vec2u(word_before & CLASS, (word & CLASS) + CLASSES);
    let old_shape = view.strokes[out.strokes.x].shape;
    let new_shape = view.strokes[out.strokes.y].shape;
    let half_px = max(old_shape.x, new_shape.x);
    if (half_px <= 0.0) {
        return LineCorner(out, vec2f(0.0));
    }
    // Ink ends half a pixel beyond the line's edge.
    var reach = max(half_px, 0.5) + select(1.0, 0.5, layer == 0u);
    if (layer == 2u) {
        if (((word | word_before) & SOFT) == 0u) {
            return LineCorner(out, vec2f(0.0));
        }
        reach = max(old_shape.y, new_shape.y) + 1.0;
    } else if ((max(old_shape.z, new_shape.z) > 0.5) != (layer == 1u)) {
        return LineCorner(out, vec2f(0.0));
    }
    let seen_a = screen_from_ground(in.a);
    let seen_b = screen_from_ground(in.b);
    if (min(seen_a.z, seen_b.z) < 0.0) {
        return LineCorner(out, vec2f(0.0));
    }
    let a = seen_a.xy;
    let b = seen_b.xy;
    let along = direction(a, b);
    if (all(along == vec2f(0.0))) {
        return LineCorner(out, vec2f(0.0));
    }
    if ((in.before_arc & ARC) == arc) {
        out.corners = vec4f(halfway(direction(screen_from_ground(in.before).xy, a), along), out.corners.zw);
    }
    if ((in.after_arc & ARC) == arc) {
        out.corners = vec4f(out.corners.xy, halfway(along, direction(b, screen_from_ground(in.after).xy)));
    }
    out.ends = vec4f(a, b);
    out.along_px = vec4f(along_of(word_before, in.along), along_of(word, in.along));
    // A box, or for quiet lines half of one twice as long and wide: one triangle costs half of two, and what it has too much stays without ink.
    let far = select(1.0, 2.0, layer == 0u);
    let lengthwise = a + along * mix(-reach, length(b - a) + reach, select(0.0, far, (corner & 1u) != 0u));
    let across = vec2f(-along.y, along.x) * reach * mix(-1.0, 1.0, select(0.0, far, (corner & 2u) != 0u));
    out.clip = clip_from_screen(vec3f(lengthwise + across, 0.5));
    return LineCorner(out, lengthwise + across);
}

@vertex
fn vs_strong(@builtin(vertex_index) corner: u32, in: Segment) -> LineVertex {
    return line_corner(corner, in, 1u).line;
}

@vertex
fn vs_soft(@builtin(vertex_index) corner: u32, in: Segment) -> LineVertex {
    return line_corner(corner, in, 2u).line;
}

struct Place {
    // Distance from the line, along it from `a` (held within its ends), both in pixels; and whether this stretch owns the pixel.
    off: f32,
    along: f32,
    // How far beyond an end without a neighbour.
    beyond: f32,
    owned: bool,
}

// Where a pixel lies on a stretch. At a corner the half-plane across it decides whose the pixel is, so that no pixel is inked twice.
fn place_of(pixel: vec2f, ends: vec4f, corners: vec4f) -> Place {
    let from_a = pixel - ends.xy;
    let from_b = pixel - ends.zw;
    let whole = ends.zw - ends.xy;
    let length = length(whole);
    let unheld = dot(from_a, whole) / length;
    let along = clamp(unheld, 0.0, length);
    let off = distance(from_a, whole * (along / length));
    let open_a = all(corners.xy == vec2f(0.0));
    let open_b = all(corners.zw == vec2f(0.0));
    let owned = (open_a || dot(from_a, corners.xy) >= 0.0) && (open_b || dot(from_b, corners.zw) < 0.0);
    return Place(off, along, max(select(0.0, -unheld, open_a), select(0.0, unheld - length, open_b)), owned);
}

// How much of a pixel an ink around `middle` covers, for a pixel `off` the line and `s` along a rhythm of length `period`.
fn ink_cover(s: f32, period: f32, middle: f32, ink: f32, off: f32, half_px: f32) -> f32 {
    let d = abs(s - middle);
    let lengthwise = min(d, period - d);
    // An ink no longer than the line is wide is a dot.
    if (ink <= half_px * 2.02) {
        return clamp(half_px + 0.5 - length(vec2f(lengthwise, off)), 0.0, 1.0);
    }
    return min(clamp(half_px + 0.5 - off, 0.0, 1.0), clamp(ink * 0.5 + 0.5 - lengthwise, 0.0, 1.0));
}

fn stroke_color(stroke: u32, off: f32, along_px: f32) -> vec4f {
    let half_px = view.strokes[stroke].shape.x;
    let dash = view.strokes[stroke].dash;
    // A line thinner than a pixel is a pixel wide and fainter.
    var cover = clamp(max(half_px, 0.5) + 0.5 - off, 0.0, 1.0) * min(half_px * 2.0, 1.0);
    if (dash.x > 0.0) {
        let period = dash.x + dash.y + dash.z + dash.w;
        // The middle of the first ink is where a line begins.
        let s = along_px - floor(along_px / period) * period;
        cover = ink_cover(s, period, 0.0, dash.x, off, half_px);
        if (dash.z > 0.0) {
            cover = max(cover, ink_cover(s, period, dash.x * 0.5 + dash.y + dash.z * 0.5, dash.z, off, half_px));
        }
    }
    return premultiplied(view.strokes[stroke].color) * cover;
}

// Lines without a rhythm: most of them, and so with as little work as will do. Where a pixel lies on its stretch is worked out at the corners.
struct QuietVertex {
    @builtin(position) clip: vec4f,
    // How far off the line and along it from its beginning, in pixels; how far past the beginning and the end, as the corners there are cut: the
    // pixel is the stretch's own from 0 on at the beginning and below 0 at the end.
    @location(0) @interpolate(linear) place: vec4f,
    // Premultiplied, as it is now.
    @location(1) @interpolate(flat) color: vec4f,
    // Half the width, at least half a pixel; 1 where the line ends square at the end of an arc; the length of the stretch in pixels.
    @location(2) @interpolate(flat) shape: vec3f,
}

@vertex
fn vs_quiet(@builtin(vertex_index) corner: u32, in: Segment) -> QuietVertex {
    let corner_of_line = line_corner(corner, in, 0u);
    let line = corner_of_line.line;
    let before = view.strokes[line.strokes.x];
    let now = view.strokes[line.strokes.y];
    let half_px = select(mix(before.shape.x, now.shape.x, view.blend), max(before.shape.x, now.shape.x), min(before.shape.x, now.shape.x) <= 0.0);
    let color = mix(premultiplied(before.color), premultiplied(now.color), view.blend);
    // A line thinner than a pixel is a pixel wide and fainter. See-through lines end square, so that they do not darken where arcs meet.
    let square = select(0.0, 1.0, half_px < 0.5 || color.a < 0.99);
    let whole = line.ends.zw - line.ends.xy;
    let length = max(length(whole), 1e-6);
    let along = whole / length;
    let from_a = corner_of_line.pixel - line.ends.xy;
    let open = vec2<bool>(all(line.corners.xy == vec2f(0.0)), all(line.corners.zw == vec2f(0.0)));
    let past = vec2f(dot(from_a, line.corners.xy), dot(corner_of_line.pixel - line.ends.zw, line.corners.zw));
    let place = vec4f(along.x * from_a.y - along.y * from_a.x, dot(from_a, along), select(past, vec2f(1.0, -1.0), open));
    return QuietVertex(line.clip, place, color * min(half_px * 2.0, 1.0), vec3f(max(half_px, 0.5), square, length));
}

@fragment
fn fs_quiet(in: QuietVertex) -> @location(0) vec4f {
    if (is_outside(in.clip.xy)) {
        discard;
    }
    let beyond = max(max(-in.place.y, in.place.y - in.shape.z), 0.0);
    let cover = clamp(in.shape.x + 0.5 - length(vec2f(in.place.x, beyond)), 0.0, 1.0) * mix(1.0, clamp(1.0 - beyond, 0.0, 1.0), in.shape.y);
    return in.color * select(0.0, cover, in.place.z >= 0.0 && in.place.w < 0.0);
}

@fragment
fn fs_line(in: LineVertex) -> @location(0) vec4f {
    if (is_outside(in.clip.xy)) {
        discard;
    }
    let place = place_of(in.clip.xy, in.ends, in.corners);
    if (!place.owned) {
        return vec4f(0.0);
    }
    var color = stroke_color(in.strokes.y, place.off, in.along_px.z + in.along_px.w * place.along);
    if (view.blend < 1.0) {
        color = mix(stroke_color(in.strokes.x, place.off, in.along_px.x + in.along_px.y * place.along), color, view.blend);
    }
    // See-through lines end square, so that they do not darken where arcs meet.
    let square = clamp(1.0 - place.beyond, 0.0, 1.0);
    return color * select(1.0, square, view.strokes[in.strokes.y].color.a < 0.99 || view.strokes[in.strokes.y].shape.x < 0.5);
}

fn soft_color(stroke: u32, off: f32) -> vec4f {
    let reach = max(view.strokes[stroke].shape.y, 0.001);
    let near = clamp(1.0 - off / reach, 0.0, 1.0);
    return premultiplied(view.strokes[stroke].color) * (near * near * 0.34);
}

@fragment
fn fs_soft(in: LineVertex) -> @location(0) vec4f {
    if (is_outside(in.clip.xy)) {
        discard;
    }
    let place = place_of(in.clip.xy, in.ends, in.corners);
    if (!place.owned || place.beyond > 0.0) {
        return vec4f(0.0);
    }
    return mix(soft_color(in.strokes.x, place.off), soft_color(in.strokes.y, place.off), view.blend);
}
