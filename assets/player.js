// The player of a lecture: draws the land of any day on a canvas, lays the pictures of the scenes over it, and listens to keys, fingers and the slider.
// Everything comes from the packed JSON in this file; nothing is fetched, and no text is ever read as HTML.
"use strict";
(async () => {
  // A browser without this shows the lecture as text, which stands in the page.
  if (!("DecompressionStream" in window)) return;
  const packed = Uint8Array.from(atob(document.getElementById("lecture").textContent), (letter) => letter.charCodeAt(0));
  const data = JSON.parse(await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"))).text());
  const [WIDTH, HEIGHT] = data.size;
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  const SHOWN_DAYS = 365;
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const [EQUAL_EARTH, GLOBE, MERCATOR, PAPER] = [0, 1, 2, 3];
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const darkness = matchMedia("(prefers-color-scheme: dark)");

  // ---- numbers and days ----

  const valueOf = new Uint8Array(128);
  [...LETTERS].forEach((letter, value) => { valueOf[letter.charCodeAt(0)] = value; });

  /** Five bits a letter, the lowest first; the sign is the lowest bit of all. */
  function numbers(text) {
    const list = [];
    let [bits, weight] = [0, 1];
    for (let at = 0; at < text.length; at++) {
      const value = valueOf[text.charCodeAt(at)];
      bits += (value & 31) * weight;
      weight *= 32;
      if (value < 32) {
        list.push(bits % 2 ? -(bits + 1) / 2 : bits / 2);
        [bits, weight] = [0, 1];
      }
    }
    return list;
  }

  function unrolled(text) {
    const [list, stretches] = [[], numbers(text)];
    let end = 0;
    for (let at = 0; at < stretches.length; at += 2) {
      const first = end + stretches[at];
      end = first + stretches[at + 1];
      for (let number = first; number <= end; number++) list.push(number);
    }
    return list;
  }

  /** Days since 1 January 1970 to year, month and day; Howard Hinnant, "chrono-compatible low-level date algorithms". */
  function dateOf(day) {
    const z = day + 719468;
    const era = Math.floor(z / 146097);
    const ofEra = z - era * 146097;
    const year = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365);
    const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
    const shifted = Math.floor((5 * ofYear + 2) / 153);
    const month = shifted < 10 ? shifted + 3 : shifted - 9;
    return [year + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - Math.floor((153 * shifted + 2) / 5) + 1];
  }

  function dateText(day) {
    const [year, month, ofMonth] = dateOf(day);
    return `${ofMonth} ${MONTHS[month - 1]} ${year > 0 ? year : `${1 - year} BCE`}`;
  }

  // ---- the land ----

  const RADIANS = Math.PI / 180;
  const arcs = data.land.arcs.split(" ").map((text) => {
    const steps = numbers(text);
    const points = [];
    let [lon, lat] = [0, 0];
    for (let at = 0; at < steps.length; at += 2) {
      const [fromLon, fromLat] = [lon, lat];
      lon += steps[at];
      lat += steps[at + 1];
      // A long straight edge becomes a curve where the map bends it.
      const parts = at ? Math.min(200, Math.ceil(Math.max(Math.abs(lon - fromLon), Math.abs(lat - fromLat)) * data.land.grid / 1.5)) : 1;
      for (let part = 1; part <= parts; part++) {
        points.push((fromLon + (lon - fromLon) * part / parts) * data.land.grid * RADIANS);
        points.push((fromLat + (lat - fromLat) * part / parts) * data.land.grid * RADIANS);
      }
    }
    return Float64Array.from(points);
  });
  const rings = data.land.rings.map((text) => (text ? text.split(" ").map(numbers) : []));

  /** The fills and classes of a day, by going through the changes up to it. */
  class World {
    constructor(json) {
      this.json = json;
      this.changes = json.changes.map(([day, fills, classes]) => [day, fills, classes]);
      this.start();
    }

    start() {
      this.next = 0;
      this.fills = new Int32Array(rings.length);
      this.classes = new Uint8Array(arcs.length);
    }

    /** Returns how many changes lie behind: the same number means the same world. */
    at(day) {
      if (this.next > 0 && this.changes[this.next - 1][0] > day && this.next > 1) this.start();
      while (this.next < this.changes.length && (this.next === 0 || this.changes[this.next][0] <= day)) {
        const [, fills, classes] = this.changes[this.next++];
        World.put(this.fills, numbers(fills));
        World.put(this.classes, numbers(classes));
      }
      return this.next;
    }

    static put(list, pairs) {
      let place = 0;
      for (let at = 0; at < pairs.length; at += 2) {
        place += pairs[at];
        list[place] = pairs[at + 1];
      }
    }
  }
  const worlds = data.worlds.map((json) => new World(json));

  // ---- from degrees to points ----

  /** Equal Earth: Šavrič, Patterson and Jenny, IJGIS 33:3 (2019). */
  function equalEarth(lon, lat) {
    const [a, b, c, d] = [1.340264, -0.081106, 0.000893, 0.003796];
    const theta = Math.asin(Math.sqrt(3) / 2 * Math.sin(lat));
    const [two, six] = [theta * theta, theta ** 6];
    const x = 2 * Math.sqrt(3) * lon * Math.cos(theta) / (3 * (9 * d * six * two + 7 * c * six + 3 * b * two + a));
    return [x, theta * (a + b * two + six * (c + d * two))];
  }

  function mercator(lon, lat) {
    const most = 85.06 * RADIANS;
    return [lon, Math.log(Math.tan(Math.PI / 4 + Math.max(-most, Math.min(most, lat)) / 2))];
  }

  const onMap = (projection, lon, lat) =>
    projection === MERCATOR ? mercator(lon, lat) : projection === EQUAL_EARTH ? equalEarth(lon, lat) : [lon, lat];

  /** A camera as the file has it: projection, middle, scale, reach of soft edges. */
  function camera([projection, x, y, scale, soft]) {
    return { projection, x, y, scale, soft };
  }
  const cameras = data.cameras.map(camera);

  /** Radii right of the middle of the ball, above it and towards the viewer. */
  function turned(view, lon, lat) {
    const [sinLon, cosLon] = [Math.sin(lon - view.x), Math.cos(lon - view.x)];
    const [sin, cos] = [Math.sin(lat), Math.cos(lat)];
    const [sinView, cosView] = [Math.sin(view.y), Math.cos(view.y)];
    return [cos * sinLon, cosView * sin - sinView * cos * cosLon, sinView * sin + cosView * cos * cosLon];
  }

  /** Where a place is, in points; `null` behind the globe. */
  function placeAt(view, lon, lat) {
    if (view.projection === GLOBE) {
      const [right, up, towards] = turned(view, lon, lat);
      return towards < 0 ? null : [WIDTH / 2 + right * view.scale, HEIGHT / 2 - up * view.scale];
    }
    const [x, y] = onMap(view.projection, lon, lat);
    return [WIDTH / 2 + (x - view.x) * view.scale, HEIGHT / 2 - (y - view.y) * view.scale];
  }

  const onMaps = [null, null, null];
  /** The arcs on a flat map, worked out once. */
  function flatArcs(projection) {
    onMaps[projection] ??= arcs.map((points) => {
      const flat = new Float64Array(points.length);
      for (let at = 0; at < points.length; at += 2) [flat[at], flat[at + 1]] = onMap(projection, points[at], points[at + 1]);
      return flat;
    });
    return onMaps[projection];
  }

  /** The land by one camera: paths of the stretches of land, and of the arcs. */
  class Flat {
    constructor(view) {
      this.view = view;
      this.paths = new Array(rings.length);
      this.lines = new Array(arcs.length);
      this.screen = view.projection === GLOBE ? this.onBall() : this.onPlane();
    }

    onPlane() {
      const { x, y, scale } = this.view;
      return flatArcs(this.view.projection).map((points) => {
        const at = new Float32Array(points.length);
        for (let index = 0; index < points.length; index += 2) {
          at[index] = WIDTH / 2 + (points[index] - x) * scale;
          at[index + 1] = HEIGHT / 2 - (points[index + 1] - y) * scale;
        }
        return at;
      });
    }

    /** Right, up and towards of each point, in threes. */
    onBall() {
      const [sinView, cosView] = [Math.sin(this.view.y), Math.cos(this.view.y)];
      return arcs.map((points) => {
        const ball = new Float32Array(points.length / 2 * 3);
        for (let index = 0, at = 0; index < points.length; index += 2, at += 3) {
          const lon = points[index] - this.view.x;
          const [sinLon, cosLon, sin, cos] = [Math.sin(lon), Math.cos(lon), Math.sin(points[index + 1]), Math.cos(points[index + 1])];
          ball[at] = cos * sinLon;
          ball[at + 1] = cosView * sin - sinView * cos * cosLon;
          ball[at + 2] = sinView * sin + cosView * cos * cosLon;
        }
        return ball;
      });
    }

    toScreen(right, up) {
      return [WIDTH / 2 + right * this.view.scale, HEIGHT / 2 - up * this.view.scale];
    }

    /** The path of a stretch of land; `null` where nothing of it is seen. */
    path(place) {
      if (this.paths[place] === undefined) {
        const path = new Path2D();
        let seen = false;
        for (const ring of rings[place]) seen = (this.view.projection === GLOBE ? this.ballRing(ring, path) : this.planeRing(ring, path)) || seen;
        this.paths[place] = seen ? path : null;
      }
      return this.paths[place];
    }

    /** The points of a ring one after the other; the first of each arc is the last of the one before. */
    walk(ring, width, take) {
      for (const walk of ring) {
        const points = this.screen[walk < 0 ? -1 - walk : walk];
        const count = points.length / width;
        for (let step = 1; step < count; step++) take(points, (walk < 0 ? count - 1 - step : step) * width);
      }
    }

    planeRing(ring, path) {
      let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
      this.walk(ring, 2, (points, at) => {
        left = Math.min(left, points[at]);
        right = Math.max(right, points[at]);
        top = Math.min(top, points[at + 1]);
        bottom = Math.max(bottom, points[at + 1]);
      });
      if (left > WIDTH || right < 0 || top > HEIGHT || bottom < 0) return false;
      let first = true;
      this.walk(ring, 2, (points, at) => {
        if (first) path.moveTo(points[at], points[at + 1]); else path.lineTo(points[at], points[at + 1]);
        first = false;
      });
      path.closePath();
      return true;
    }

    /** What of a ring is in front, closed along the edge of the ball. */
    ballRing(ring, path) {
      const points = [];
      this.walk(ring, 3, (all, at) => points.push([all[at], all[at + 1], all[at + 2]]));
      const start = points.findIndex((point) => point[2] >= 0);
      if (start < 0) return false;
      const seen = [];
      let leftAt = null;
      for (let step = 0; step < points.length; step++) {
        const [from, to] = [points[(start + step) % points.length], points[(start + step + 1) % points.length]];
        if (from[2] >= 0) seen.push([from[0], from[1]]);
        if ((from[2] >= 0) === (to[2] >= 0)) continue;
        const angle = edgeAngle(from, to);
        if (from[2] < 0 && leftAt !== null) alongEdge(leftAt, angle, seen);
        leftAt = from[2] >= 0 ? angle : null;
        seen.push([Math.cos(angle), Math.sin(angle)]);
      }
      const screen = seen.map(([right, up]) => this.toScreen(right, up));
      const [xs, ys] = [screen.map((at) => at[0]), screen.map((at) => at[1])];
      if (least(xs) > WIDTH || most(xs) < 0 || least(ys) > HEIGHT || most(ys) < 0) return false;
      screen.forEach(([x, y], index) => (index ? path.lineTo(x, y) : path.moveTo(x, y)));
      path.closePath();
      return true;
    }

    /** Appends an arc to a path, from its end where `back`; `joined` goes on from where the path is. */
    addArc(path, place, back, joined) {
      const points = this.screen[place];
      const width = this.view.projection === GLOBE ? 3 : 2;
      const count = points.length / width;
      let down = joined;
      for (let step = joined ? 1 : 0; step < count; step++) {
        const at = (back ? count - 1 - step : step) * width;
        if (width === 3 && points[at + 2] < 0) { down = false; continue; }
        const [x, y] = width === 3 ? this.toScreen(points[at], points[at + 1]) : [points[at], points[at + 1]];
        if (down) path.lineTo(x, y); else path.moveTo(x, y);
        down = true;
      }
    }

    /** Whether any of an arc may be seen. */
    reaches(place) {
      if (this.lines[place] === undefined) {
        const points = this.screen[place];
        const ball = this.view.projection === GLOBE;
        const width = ball ? 3 : 2;
        let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
        for (let at = 0; at < points.length; at += width) {
          if (ball && points[at + 2] < 0) continue;
          const [x, y] = ball ? this.toScreen(points[at], points[at + 1]) : [points[at], points[at + 1]];
          left = Math.min(left, x); right = Math.max(right, x); top = Math.min(top, y); bottom = Math.max(bottom, y);
        }
        this.lines[place] = left <= WIDTH && right >= 0 && top <= HEIGHT && bottom >= 0;
      }
      return this.lines[place];
    }

    /** The edge of the world. */
    outline() {
      const path = new Path2D();
      const { projection, x, y, scale } = this.view;
      if (projection === GLOBE) {
        path.arc(WIDTH / 2, HEIGHT / 2, scale, 0, 2 * Math.PI);
        return path;
      }
      for (let side = 0; side < 2; side++) {
        for (let step = 0; step <= 90; step++) {
          const lat = (side ? 90 - 2 * step : 2 * step - 90) * RADIANS;
          const [worldX, worldY] = onMap(projection, side ? -Math.PI : Math.PI, lat);
          const at = [WIDTH / 2 + (worldX - x) * scale, HEIGHT / 2 - (worldY - y) * scale];
          if (side || step) path.lineTo(...at); else path.moveTo(...at);
        }
      }
      path.closePath();
      return path;
    }
  }

  const least = (list) => list.reduce((a, b) => Math.min(a, b), Infinity);
  const most = (list) => list.reduce((a, b) => Math.max(a, b), -Infinity);

  function edgeAngle(a, b) {
    const share = a[2] / (a[2] - b[2]);
    return Math.atan2(a[1] + (b[1] - a[1]) * share, a[0] + (b[0] - a[0]) * share);
  }

  function alongEdge(from, to, seen) {
    const turn = ((to - from + Math.PI) % (2 * Math.PI) + 2 * Math.PI) % (2 * Math.PI) - Math.PI;
    const steps = Math.ceil(Math.abs(turn) / 0.05);
    for (let step = 1; step < steps; step++) seen.push([Math.cos(from + turn * step / steps), Math.sin(from + turn * step / steps)]);
  }

  /** Arcs of one class joined to lines as long as possible, so that a dashed line keeps its rhythm. */
  function chains(places) {
    const ends = new Map();
    const key = (points, at) => `${points[at]} ${points[at + 1]}`;
    const keysOf = (place) => [key(arcs[place], 0), key(arcs[place], arcs[place].length - 2)];
    for (const place of places) for (const end of keysOf(place)) ends.set(end, [...(ends.get(end) ?? []), place]);
    const used = new Set();
    const lines = [];
    const follow = (place, back, line) => {
      used.add(place);
      line.push([place, back]);
      const end = keysOf(place)[back ? 0 : 1];
      const next = (ends.get(end) ?? []).length === 2 ? ends.get(end).find((other) => !used.has(other)) : undefined;
      if (next !== undefined) follow(next, keysOf(next)[0] !== end, line);
    };
    const isEnd = (end) => (ends.get(end) ?? []).length !== 2;
    for (const place of places) {
      const [first, last] = keysOf(place);
      if (!used.has(place) && (isEnd(first) || isEnd(last))) { const line = []; follow(place, !isEnd(first), line); lines.push(line); }
    }
    for (const place of places) if (!used.has(place)) { const line = []; follow(place, false, line); lines.push(line); }
    return lines;
  }

  // ---- painting the land ----

  const colorOf = (place, theme) => data.colors[place][theme];
  const tiles = new Map();

  /** One colour, or stripes at 45 degrees. */
  function paintOf(context, bands, theme) {
    if (bands.length === 1) return colorOf(bands[0], theme);
    const key = `${bands} ${theme}`;
    if (!tiles.has(key)) {
      const wide = Math.round(data.stripe * 4);
      const tile = document.createElement("canvas");
      [tile.width, tile.height] = [wide * bands.length, 8];
      const drawing = tile.getContext("2d");
      bands.forEach((band, index) => { drawing.fillStyle = colorOf(band, theme); drawing.fillRect(index * wide, 0, wide, 8); });
      tiles.set(key, tile);
    }
    const tile = tiles.get(key);
    const pattern = context.createPattern(tile, "repeat");
    const share = data.stripe * bands.length / tile.width;
    pattern.setTransform(new DOMMatrix().rotate(45).scale(share, share));
    return pattern;
  }

  // Half widths as shares of the reach, with the alpha that each adds, as the program has them.
  const SOFT_STEPS = [[1, 0.006], [0.75, 0.043], [0.5, 0.088], [0.25, 0.14]];

  function paintLand(canvas, flat, world, theme) {
    const context = canvas.getContext("2d");
    const scale = canvas.width / WIDTH;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.fillStyle = colorOf(world.json.page, theme);
    context.fillRect(0, 0, WIDTH, HEIGHT);
    context.fillStyle = colorOf(world.json.water, theme);
    context.fill(flat.outline());
    const groups = new Map();
    const all = new Path2D();
    world.fills.forEach((fill, place) => {
      const path = flat.path(place);
      if (!path) return;
      if (!groups.has(fill)) groups.set(fill, new Path2D());
      groups.get(fill).addPath(path);
      all.addPath(path);
    });
    context.fillStyle = colorOf(world.json.under, theme);
    context.fill(all, "evenodd");
    for (const [fill, path] of groups) {
      context.fillStyle = paintOf(context, world.json.fills[fill], theme);
      context.fill(path, "evenodd");
    }
    paintLines(context, flat, world, theme);
  }

  function paintLines(context, flat, world, theme) {
    const byClass = world.json.strokes.map(() => [[], []]);
    world.classes.forEach((number, place) => {
      if (world.json.strokes[number & 15] && flat.reaches(place)) byClass[number & 15][number >> 4].push(place);
    });
    context.lineJoin = "round";
    byClass.forEach((both, number) => both.forEach((places, soft) => {
      if (!places.length) return;
      const [color, width, dashes, dots] = world.json.strokes[number];
      const path = new Path2D();
      for (const line of chains(places)) line.forEach(([place, back], index) => flat.addArc(path, place, back, index > 0));
      context.strokeStyle = colorOf(color, theme);
      context.lineCap = "butt";
      context.setLineDash([]);
      if (soft) {
        for (const [share, alpha] of SOFT_STEPS) {
          context.globalAlpha = alpha;
          context.lineWidth = 2 * (width / 2 + flat.view.soft) * share;
          context.stroke(path);
        }
        context.globalAlpha = 1;
      }
      context.lineCap = dots ? "round" : "butt";
      context.setLineDash(dashes);
      context.lineWidth = width;
      context.stroke(path);
    }));
    context.setLineDash([]);
  }

  // ---- what lies over the land ----

  let documents = 0;

  /** A picture of the file as an SVG element. Texts in it are escaped already; colours are put in, and names made its own. */
  function svgOf(picture, theme, date) {
    const prefix = `p${documents++}-`;
    const list = unrolled(picture[picture.length > 1 ? theme : 0]).map((place) => data.lines[place]);
    let text = list.join("\n");
    text = text.replace(/="~(\d+)"/g, (_, place) => `="${colorOf(place, theme)}"`);
    text = text.replace(/ id="/g, ` id="${prefix}`).replace(/="url\(#/g, `="url(#${prefix}`);
    if (date !== undefined) text = text.replace(/>~date~</g, ` data-date="1">${date}<`);
    const element = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
    element.querySelectorAll(":scope > title, :scope > desc").forEach((child) => child.remove());
    element.setAttribute("aria-hidden", "true");
    return element;
  }

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // ---- the page ----

  const player = document.getElementById("player");
  const transcript = document.getElementById("transcript");
  const map = element("canvas", { id: "map" });
  const over = element("div", { id: "over" });
  const signs = element("div", { id: "signs" });
  const divider = element("div", { id: "divider", hidden: true, tabIndex: 0, title: "Drag, or [ and ]" });
  for (const [name, value] of [["role", "slider"], ["aria-label", "Divider between the two maps"], ["aria-valuemin", 0], ["aria-valuemax", 100]]) divider.setAttribute(name, value);
  const stage = element("div", { id: "stage" }, map, over, signs, divider);
  stage.setAttribute("role", "group");
  stage.setAttribute("aria-roledescription", "scene");
  const curtain = element("div", { id: "curtain", hidden: true });
  const panel = element("aside", { id: "panel", hidden: true });
  panel.setAttribute("aria-label", "Events");
  const notes = element("aside", { id: "notes", hidden: true });
  notes.setAttribute("aria-label", "Notes");
  const overview = element("div", { id: "overview", hidden: true });
  overview.setAttribute("role", "dialog");
  overview.setAttribute("aria-label", "All scenes");
  const said = element("div", { id: "said" });
  said.setAttribute("aria-live", "polite");
  const button = (label, hint, run) => {
    const made = element("button", { type: "button", textContent: label, title: hint });
    made.setAttribute("aria-label", hint);
    made.addEventListener("click", () => { run(); });
    return made;
  };
  const counter = element("span", { id: "counter" });
  const date = element("output", { id: "date" });
  const ticks = element("canvas", { id: "ticks" });
  const slider = element("input", { id: "time", type: "range", min: data.days[0], max: Math.max(data.days[1], data.days[0] + 1), step: 1 });
  slider.setAttribute("aria-label", "Time");
  const back = button("Back to scene", "Back to the scene (Escape)", () => goTo(state.scene, state.step));
  back.id = "back";
  const playing = button("Play", "Play by itself (P)", () => play(!state.playing));
  const looping = button("Loop", "Begin anew after the last scene (L)", () => toggleLoop());
  const help = element("aside", { id: "help", hidden: true });
  help.setAttribute("role", "dialog");
  help.setAttribute("aria-label", "Keys");
  const bar = element("nav", { id: "bar" },
    button("‹", "Previous (Left, Page Up)", () => previous()), counter, button("›", "Next (Right, Space, Page Down)", () => next()), playing, looping,
    element("div", { id: "line" }, ticks, slider), date, back,
    button("Scenes", "All scenes (O)", () => showOverview()), button("Notes", "Notes (N)", () => toggleNotes()),
    button("Text", "Everything as text, with sources (T)", () => toggleText()), button("Light/dark", "Light or dark (D)", () => toggleTheme()),
    button("Full screen", "Full screen (F)", () => toggleFullScreen()),
    button("Keys", "Keys and gestures (H)", () => toggleHelp()));
  bar.setAttribute("aria-label", "Player");
  player.append(stage, panel, notes, bar, overview, help, curtain, said);
  player.hidden = false;
  document.documentElement.classList.add("playing");

  const state = { scene: 0, step: 0, day: 0, theme: 0, view: null, magnified: null, world: null, inTime: false, byHand: false, digits: "", gliding: 0, timer: 0, playing: false, looping: false };
  let flat = null;
  let painted = "";

  function flatFor(view) {
    if (!flat || flat.view !== view) flat = new Flat(view);
    return flat;
  }

  function paint() {
    const world = worlds[state.world];
    const key = [state.world, world.at(state.day), state.theme, map.width].join(" ");
    if (flat && flat.view === state.view && key === painted) return;
    paintLand(map, flatFor(state.view), world, state.theme);
    painted = key;
  }

  function resize() {
    const room = player.getBoundingClientRect();
    // Beside the map where there is room for both, over it on a telephone.
    const beside = panel.hidden || room.width < 900 ? 0 : panel.offsetWidth + 24;
    const scale = Math.min((room.width - beside) / WIDTH, (room.height - bar.offsetHeight) / HEIGHT);
    stage.style.marginRight = beside ? `${beside}px` : "";
    stage.style.width = `${WIDTH * scale}px`;
    stage.style.height = `${HEIGHT * scale}px`;
    map.width = Math.round(WIDTH * scale * Math.min(devicePixelRatio || 1, 2));
    map.height = Math.round(map.width * HEIGHT / WIDTH);
    painted = "";
    if (state.view) { paint(); drawTicks(); }
  }

  function showDay() {
    slider.value = state.day;
    slider.setAttribute("aria-valuetext", dateText(state.day));
    date.textContent = dateText(state.day);
  }

  const pictureOf = (scene, step) => data.scenes[scene].pictures[step];

  // ---- scenes ----

  function goTo(scene, step, how = {}) {
    const picture = pictureOf(scene, step);
    const from = { view: state.view, day: state.day, world: state.world };
    Object.assign(state, { scene, step, inTime: false, byHand: false, magnified: AS_DRAWN });
    stage.classList.remove("by-hand");
    back.hidden = true;
    signs.replaceChildren();
    showPanel(false);
    hide(divider);
    state.world = picture.world;
    const view = cameras[picture.camera];
    const seconds = data.scenes[scene].glide;
    const moves = from.view && (from.view !== view || from.day !== picture.day);
    const canGlide = moves && seconds > 0 && !calm.matches && !how.cut && from.view.projection === view.projection;
    state.gliding++;
    if (canGlide) glide(from, { view, day: picture.day }, seconds * 1000, () => arrive(picture, view));
    else arrive(picture, view);
    tell(picture);
    playOn(canGlide ? seconds : 0);
  }

  function arrive(picture, view) {
    Object.assign(state, { view, day: picture.day });
    paint();
    over.replaceChildren(svgOf(picture.over, state.theme));
    over.classList.remove("away");
    showDay();
    if (picture.divider) setDivider(picture.divider);
  }

  // ---- two maps in one picture ----

  // Maps that are compared are drawn already: they are magnified as paper is, both alike, no further out than they were drawn.
  const AS_DRAWN = { projection: PAPER, scale: 1, x: 0, y: 0 };

  /** The maps of a compared picture: what is cut, its ground and its groups, where its corner lies, how large it is. */
  function panesOf(svg) {
    svg.panes ??= [...svg.querySelectorAll(":scope > g[clip-path]")].map((pane, index) => {
      const ground = pane.firstElementChild;
      const origin = ground.getAttribute("transform").match(/-?[\d.]+/g).slice(0, 2).map(Number);
      const [page, ...groups] = ground.children;
      const land = groups.filter((group) => /-(water|land|borders)$/.test(group.id));
      const size = ["width", "height"].map((name) => Number(page.getAttribute(name)));
      return { cut: svg.querySelectorAll("clipPath[id*='cut-'] rect")[index], groups, origin, size, land, lines: linesOfLand(land), hatches: hatchesOfLand(land) };
    });
    return svg.panes;
  }

  /** The strokes of the land, which keep their width, with the numbers that they were drawn with. */
  function linesOfLand(land) {
    const lines = land.flatMap((group) => [...group.querySelectorAll("[stroke-width]")]);
    return lines.map((line) => [line, ["stroke-width", "stroke-dasharray"].filter((name) => line.hasAttribute(name)).map((name) => [name, line.getAttribute(name).match(/[\d.]+/g).map(Number)])]);
  }

  /** The hatches of the land, which keep their stripes: made its own, as the legend shows the same. */
  function hatchesOfLand(land) {
    const own = new Map();
    for (const path of land.flatMap((group) => [...group.querySelectorAll("[fill^='url']")])) {
      const id = path.getAttribute("fill").match(/#([^)'"]+)/)[1];
      if (!own.has(id)) {
        const shared = path.ownerSVGElement.querySelector(`#${CSS.escape(id)}`);
        const hatch = shared.cloneNode(true);
        hatch.id = `${id}-${land[0].id}`;
        shared.after(hatch);
        own.set(id, hatch);
      }
      path.setAttribute("fill", `url(#${own.get(id).id})`);
    }
    return [...own.values()].map((hatch) => [hatch, hatch.getAttribute("patternTransform") ?? ""]);
  }

  /** The map under a place of the picture; the last one lies on top. */
  const paneAt = ([x]) => {
    const panes = panesOf(over.firstElementChild);
    return panes.findLast(({ cut }) => x >= Number(cut.getAttribute("x"))) ?? panes[0];
  };

  /** The paper with what lay at one place at another, so many times as large; its edges never come into the picture. */
  function magnified(view, from, to, factor) {
    const { origin, size } = paneAt(from);
    const scale = Math.max(1, Math.min(CLOSEST, view.scale * factor));
    const [x, y] = [0, 1].map((side) => {
      const held = (from[side] - origin[side] - [view.x, view.y][side]) / view.scale;
      return Math.max(size[side] * (1 - scale), Math.min(0, to[side] - origin[side] - held * scale));
    });
    return scale === 1 ? AS_DRAWN : { ...AS_DRAWN, scale, x, y };
  }

  /** Lays the land of both maps anew. */
  function followLand(svg) {
    const { scale, x, y } = state.magnified;
    for (const { land, lines, hatches } of panesOf(svg)) {
      for (const group of land) group.setAttribute("transform", `matrix(${scale} 0 0 ${scale} ${x} ${y})`);
      for (const [line, own] of lines) for (const [name, numbers] of own) line.setAttribute(name, numbers.map((number) => number / scale).join(" "));
      for (const [hatch, own] of hatches) hatch.setAttribute("patternTransform", `scale(${1 / scale}) ${own}`);
    }
  }

  /** Whether the picture shows two maps: both are in it whole, and nothing under it is seen. */
  const isCompared = () => "divider" in pictureOf(state.scene, state.step) && !state.inTime;

  /** Moves the line between the two halves to so many points from the left, with what names them. */
  function setDivider(at) {
    const [svg, own] = [over.firstElementChild, pictureOf(state.scene, state.step).divider];
    const x = Math.max(0, Math.min(WIDTH, at));
    const [left, right] = svg.querySelectorAll("clipPath[id*='cut-'] rect");
    left.setAttribute("width", x);
    right.setAttribute("x", x);
    right.setAttribute("width", WIDTH - x);
    svg.querySelector("[id$='divider']").setAttribute("transform", `translate(${x - own} 0)`);
    divider.hidden = false;
    divider.at = x;
    divider.style.left = `${x / WIDTH * 100}%`;
    divider.setAttribute("aria-valuenow", Math.round(x / WIDTH * 100));
  }

  const moveDivider = (share) => { if (!divider.hidden) setDivider(divider.at + share * WIDTH); };

  const eased = (share) => (share < 0.5 ? 4 * share ** 3 : 1 - (2 - 2 * share) ** 3 / 2);

  function glide(from, to, millis, done) {
    const mine = state.gliding;
    over.classList.add("away");
    const begun = performance.now();
    const frame = (now) => {
      if (mine !== state.gliding) return;
      const share = Math.min(1, (now - begun) / millis);
      if (share >= 1) { done(); return; }
      const gone = eased(share);
      state.day = Math.round(from.day + (to.day - from.day) * gone);
      state.view = from.view === to.view ? to.view : between(from.view, to.view, gone);
      paint();
      date.textContent = dateText(state.day);
      slider.value = state.day;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  /** The way of a camera: the scale by equal factors, the middle along the shorter way round. */
  function between(a, b, share) {
    const scale = a.scale * (b.scale / a.scale) ** share;
    // Near the closer of the two the middle moves little, so that the place in view does not rush past.
    const same = Math.abs(b.scale / a.scale - 1) < 1e-6;
    const gone = same ? share : (1 / a.scale - 1 / scale) / (1 / a.scale - 1 / b.scale);
    const turn = a.projection === GLOBE ? Math.atan2(Math.sin(b.x - a.x), Math.cos(b.x - a.x)) : b.x - a.x;
    return { projection: a.projection, scale, soft: b.soft, x: a.x + turn * gone, y: a.y + (b.y - a.y) * gone };
  }

  function tell(picture) {
    const scene = data.scenes[state.scene];
    counter.textContent = `${state.scene + 1} / ${data.scenes.length}`;
    counter.title = scene.title;
    stage.setAttribute("aria-label", `${scene.title}. ${dateText(picture.day)}. ${picture.said}`);
    said.textContent = `${state.scene + 1} of ${data.scenes.length}: ${scene.title}. ${picture.said}`;
    notes.replaceChildren(element("h2", { textContent: scene.title }), ...paragraphs(scene.notes || "No notes."));
    curtain.hidden = scene.kind !== "black";
    document.title = `${scene.title} · ${data.title}`;
    // Where a page is served by nobody this may be refused.
    try { history.replaceState(null, "", `#${state.scene + 1}`); } catch { /* it only makes reloading come back here */ }
  }

  const paragraphs = (text) => text.split(/\n\n+/).map((textContent) => element("p", { textContent }));

  function next() {
    if (lift()) return;
    if (state.step + 1 < data.scenes[state.scene].pictures.length) goTo(state.scene, state.step + 1);
    else if (state.scene + 1 < data.scenes.length) goTo(state.scene + 1, 0);
  }

  function previous() {
    if (lift()) return;
    if (state.step > 0) goTo(state.scene, state.step - 1);
    else if (state.scene > 0) goTo(state.scene - 1, data.scenes[state.scene - 1].pictures.length - 1);
  }

  /** Takes away what covers the scene; whether there was anything. */
  function lift() {
    if (!overview.hidden) { overview.hidden = true; return true; }
    if (!help.hidden) { hide(help); return true; }
    if (state.inTime) { goTo(state.scene, state.step); return true; }
    return false;
  }

  const hide = (what) => { what.hidden = true; };

  // ---- time by hand ----

  const timesOf = (camera, world) => data.times.find((times) => times.camera === camera && times.world === world)?.list ?? [];

  function goToDay(day) {
    state.gliding++;
    play(false);
    const picture = pictureOf(state.scene, state.step);
    const view = state.byHand ? state.view : cameras[picture.camera];
    Object.assign(state, { day: Math.max(data.days[0], Math.min(data.days[1], Math.round(day))), view, inTime: true });
    curtain.hidden = true;
    back.hidden = false;
    hide(divider);
    paint();
    showDay();
    const list = timesOf(picture.camera, picture.world);
    const found = list.findLast(([from]) => from <= state.day) ?? list[0];
    if (found) {
      const text = dateText(state.day);
      const svg = svgOf(found[1], state.theme, text);
      over.replaceChildren(svg);
      const set = svg.querySelector("[data-date]");
      // The box was made for another date: a longer one is set a little smaller.
      if (set && text.length > 13) set.setAttribute("font-size", parseFloat(set.getAttribute("font-size")) * 13 / text.length);
    }
    over.classList.remove("away");
    if (state.byHand) followOver();
    showEvents();
  }

  function showEvents() {
    const shown = data.events.filter((event) => event.day <= state.day && event.day > state.day - SHOWN_DAYS);
    signs.replaceChildren(...shown.map(signOf));
    panel.replaceChildren(element("h2", { textContent: dateText(state.day) }), ...shown.reverse().map(cardOf));
    if (!shown.length) panel.append(element("p", { className: "small", textContent: "No events in the year before." }));
    showPanel(true);
  }

  function showPanel(shown) {
    if (panel.hidden !== shown) return;
    panel.hidden = !shown;
    if (state.view) resize();
  }

  const idOf = (event) => `event-${data.events.indexOf(event)}`;

  function signOf(event) {
    const made = button("", `${event.title}, ${event.when}`, () => choose(event));
    made.className = "sign";
    made.append(svgOf(data.symbols[event.kind], state.theme));
    made.place = () => {
      const at = placeAt(state.view, event.at[0] * RADIANS, event.at[1] * RADIANS);
      made.hidden = !at || at[0] < 0 || at[0] > WIDTH || at[1] < 0 || at[1] > HEIGHT;
      if (!made.hidden) [made.style.left, made.style.top] = [`${at[0] / WIDTH * 100}%`, `${at[1] / HEIGHT * 100}%`];
    };
    made.place();
    return made;
  }

  function choose(event) {
    const card = document.getElementById(idOf(event));
    panel.querySelectorAll(".chosen").forEach((other) => other.classList.remove("chosen"));
    card?.classList.add("chosen");
    card?.scrollIntoView({ block: "nearest" });
  }

  function cardOf(event) {
    const card = element("section", { id: idOf(event), className: "card" },
      element("h3", { textContent: event.title }),
      element("p", { className: "small", textContent: [event.when, event.place].filter(Boolean).join(" · ") }),
      ...paragraphs(event.text));
    for (const [who, text, sources] of event.accounts) card.append(element("p", {}, element("em", { textContent: `${who}: ` }), text, ...references(sources)));
    card.append(element("p", { className: "small" }, event.parties.join(" · "), ...references(event.sources)));
    return card;
  }

  function references(sources) {
    return sources.map(([number, place]) => {
      const link = element("a", { href: `#source-${number}`, textContent: `[${number}${place ? `, ${place}` : ""}]`, className: "reference" });
      link.title = data.sources[number - 1].map(([text]) => text).join("");
      link.addEventListener("click", (click) => { click.preventDefault(); toggleText(true); document.getElementById(`source-${number}`)?.scrollIntoView(); });
      return link;
    });
  }

  function nextEvent(direction) {
    const days = data.events.map((event) => event.day).filter((day) => day >= data.days[0] && day <= data.days[1]);
    const found = direction > 0 ? days.find((day) => day > state.day) : days.findLast((day) => day < state.day);
    if (found !== undefined) goToDay(found);
  }

  function drawTicks() {
    const box = slider.getBoundingClientRect();
    const sharp = devicePixelRatio || 1;
    [ticks.width, ticks.height] = [Math.max(1, Math.round(box.width * sharp)), Math.round(12 * sharp)];
    const context = ticks.getContext("2d");
    context.scale(sharp, sharp);
    context.fillStyle = getComputedStyle(bar).color;
    // A range lets its thumb stop half its width before each end.
    const x = (day) => 8 + (day - data.days[0]) / Math.max(1, data.days[1] - data.days[0]) * (box.width - 16);
    for (const event of data.events) {
      context.globalAlpha = 0.35;
      const height = 12 - 3 * event.importance;
      context.fillRect(x(event.day) - 0.75, 12 - height, 1.5, height);
    }
    context.globalAlpha = 1;
    for (const scene of data.scenes) context.fillRect(x(scene.pictures[0].day) - 1.5, 0, 3, 3);
  }

  // ---- panels ----

  function thumbnail(scene, step, width) {
    const picture = pictureOf(scene, step);
    const canvas = element("canvas", { width, height: Math.round(width * HEIGHT / WIDTH) });
    const world = worlds[picture.world];
    world.at(picture.day);
    paintLand(canvas, new Flat(cameras[picture.camera]), world, state.theme);
    painted = "";
    return element("div", { className: "picture" }, canvas, svgOf(picture.over, state.theme));
  }

  function showOverview() {
    if (!overview.hidden) { overview.hidden = true; return; }
    overview.hidden = false;
    if (overview.dataset.theme !== String(state.theme)) {
      overview.dataset.theme = state.theme;
      overview.replaceChildren(...data.scenes.map((scene, index) => {
        const made = button("", `${index + 1}. ${scene.title}`, () => { overview.hidden = true; goTo(index, 0, { cut: true }); });
        made.append(thumbnail(index, scene.pictures.length - 1, 480), element("span", { textContent: `${index + 1}  ${scene.title}` }));
        return made;
      }));
    }
    [...overview.children].forEach((child, index) => child.classList.toggle("current", index === state.scene));
    overview.children[state.scene].focus();
  }

  function toggleNotes() { notes.hidden = !notes.hidden; }

  function toggleText(shown = !document.documentElement.classList.contains("reading")) {
    document.documentElement.classList.toggle("reading", shown);
    if (!shown) stage.focus?.();
  }

  function toggleTheme() { setTheme(1 - state.theme); }

  function setTheme(theme) {
    state.theme = theme;
    document.documentElement.dataset.theme = theme ? "dark" : "light";
    if (!state.view) return;
    painted = "";
    if (state.inTime) goToDay(state.day); else goTo(state.scene, state.step, { cut: true });
    drawTicks();
  }

  function toggleFullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
  }

  const HELP = [
    ["Right, Space, Page Down", "Next step or scene"], ["Left, Page Up", "The one before"], ["Number, Enter", "That scene"],
    ["O", "All scenes"], ["P", "Play by itself"], ["L", "Begin anew after the last scene"], [", and .", "Event before, next event"],
    ["+ and −, wheel, two fingers", "Closer, further away"], ["Drag, Shift and arrows", "Move the map"], ["0 or Home", "Back to the view of the scene"],
    ["[ and ], or drag", "The line between two maps"], ["N", "Notes"], ["T", "Everything as text, with sources"], ["B", "Black"], ["D", "Light or dark"], ["F", "Full screen"], ["H or ?", "This list"],
  ];

  function toggleHelp() {
    help.hidden = !help.hidden;
    if (help.childElementCount) return;
    const rows = HELP.map(([keys, what]) => element("tr", {}, element("th", { textContent: keys }), element("td", { textContent: what })));
    help.append(element("h2", { textContent: "Keys and gestures" }), element("table", {}, element("tbody", {}, ...rows)),
      element("p", { className: "small", textContent: "On a touch screen swipe for the next scene and the one before; when the map is closer, one finger moves it." }));
  }

  // ---- playing by itself ----

  /** How long a picture stands: long enough to look, and to read what it says at 160 words a minute. */
  function secondsFor(picture, scene) {
    const words = picture.said.split(/\s+/).length;
    return Math.max(5, 3 + words / 160 * 60) + (scene.kind === "quiz" ? 5 : 0);
  }

  function play(on) {
    if (state.playing === on) return;
    state.playing = on;
    playing.textContent = on ? "Pause" : "Play";
    playing.setAttribute("aria-pressed", on);
    if (on && isLast()) goTo(0, 0); else playOn(0);
  }

  function toggleLoop() {
    state.looping = !state.looping;
    looping.setAttribute("aria-pressed", state.looping);
  }

  const isLast = () => state.scene + 1 === data.scenes.length && state.step + 1 === data.scenes[state.scene].pictures.length;

  /** Waits for as long as the present picture takes, after a glide of so many seconds; not where nothing is playing. */
  function playOn(gliding) {
    clearTimeout(state.timer);
    if (!state.playing) return;
    const wait = gliding + secondsFor(pictureOf(state.scene, state.step), data.scenes[state.scene]);
    state.timer = setTimeout(() => {
      if (!isLast()) next();
      else if (state.looping) goTo(0, 0);
      else play(false);
    }, wait * 1000);
  }

  // ---- the map by hand ----

  // The closest view is so many times as large as the scene's: further in the lines are no longer what they claim to be.
  const CLOSEST = 8;
  // What moves with the land, and what belongs to the scene's own view.
  const MOVING = new Set(["graticule", "regions", "lines", "selection", "waters", "cities", "labels", "places", "annotations", "events"]);
  const OF_SCENE = new Set(["callouts"]);

  const cameraOfScene = () => cameras[pictureOf(state.scene, state.step).camera];
  // How the scene has the map, and how it is now.
  const sceneView = () => (isCompared() ? AS_DRAWN : cameraOfScene());
  const viewNow = () => (isCompared() ? state.magnified : state.view);

  /** What lies at a place of the picture: longitude and latitude on the globe (`null` beside it), the plane of the map else. */
  function worldAt(view, [x, y]) {
    if (view.projection === PAPER) return [(x - view.x) / view.scale, (y - view.y) / view.scale];
    const [right, up] = [(x - WIDTH / 2) / view.scale, (HEIGHT / 2 - y) / view.scale];
    if (view.projection !== GLOBE) return [view.x + right, view.y + up];
    const towards = Math.sqrt(1 - right * right - up * up);
    if (Number.isNaN(towards)) return null;
    const [sinView, cosView] = [Math.sin(view.y), Math.cos(view.y)];
    return [view.x + Math.atan2(right, towards * cosView - up * sinView), Math.asin(towards * sinView + up * cosView)];
  }

  /** The other way round; `null` behind the globe. */
  function pictureAt(view, world) {
    if (!world) return null;
    if (view.projection === PAPER) return [world[0] * view.scale + view.x, world[1] * view.scale + view.y];
    if (view.projection === GLOBE) return placeAt(view, ...world);
    return [WIDTH / 2 + (world[0] - view.x) * view.scale, HEIGHT / 2 - (world[1] - view.y) * view.scale];
  }

  /** A view that can be had. */
  function bounded(view) {
    const scene = sceneView();
    const furthest = Math.min(scene.scale, HEIGHT * 0.45 / (view.projection === GLOBE ? 1 : Math.PI));
    const scale = Math.max(furthest, Math.min(scene.scale * CLOSEST, view.scale));
    const most = view.projection === EQUAL_EARTH ? 1.4 : view.projection === GLOBE ? 85 * RADIANS : Math.PI;
    return { ...view, scale, y: Math.max(-most, Math.min(most, view.y)) };
  }

  /** The view in which what lay at one place of the picture lies at another, so many times as large. */
  function movedView(view, from, to, factor) {
    const held = worldAt(view, from);
    let moved = bounded({ ...view, scale: view.scale * factor });
    if (!held) return moved;
    // On the ball the way back is not quite the way there: a few rounds bring it under the finger.
    for (let round = 0; round < (view.projection === GLOBE ? 4 : 1); round++) {
      const now = worldAt(moved, to);
      if (!now) break;
      const turn = view.projection === GLOBE ? Math.atan2(Math.sin(held[0] - now[0]), Math.cos(held[0] - now[0])) : held[0] - now[0];
      moved = bounded({ ...moved, x: moved.x + turn, y: moved.y + held[1] - now[1] });
    }
    return moved;
  }

  function moveMap(from, to, factor = 1) {
    // Who takes hold of a map that glides has it where it would have come to.
    if (over.classList.contains("away")) { state.gliding++; arrive(pictureOf(state.scene, state.step), cameraOfScene()); }
    setView(isCompared() ? magnified(state.magnified, from, to, factor) : movedView(state.view, from, to, factor));
  }

  let asked = 0;
  function setView(view) {
    if (isCompared()) state.magnified = view; else state.view = view;
    state.byHand = view !== sceneView();
    back.hidden = !(state.byHand || state.inTime);
    stage.classList.toggle("by-hand", state.byHand);
    // However many wheels and fingers turn, the map is painted once a frame.
    asked ||= requestAnimationFrame(() => { asked = 0; paint(); followOver(); });
  }

  /** Glides back to the view of the scene. */
  function backToView() {
    const [from, to] = [viewNow(), sceneView()];
    const mine = ++state.gliding;
    const begun = performance.now();
    const frame = (now) => {
      if (mine !== state.gliding) return;
      const share = calm.matches ? 1 : Math.min(1, (now - begun) / 500);
      setView(share < 1 ? between(from, to, eased(share)) : to);
      if (share < 1) requestAnimationFrame(frame);
    };
    frame(begun);
  }

  /** Moves what lies over the land to where its land is now. */
  function followOver() {
    for (const sign of signs.children) sign.place();
    const svg = over.firstElementChild;
    if (!svg) return;
    svg.anchors ??= anchorsOf(svg, sceneView());
    for (const anchor of svg.anchors) (anchor.lines ? followLine : followPoint)(anchor);
    if (isCompared()) followLand(svg);
    if (viewNow().scale < sceneView().scale * 0.95) thinOut(svg.anchors);
    svg.bar?.(sceneView().scale / viewNow().scale);
  }

  function followPoint({ item, own, cluster: { world, at } }) {
    const now = pictureAt(viewNow(), world);
    item.style.display = now ? "" : "none";
    if (now) item.setAttribute("transform", `translate(${now[0] - at[0]} ${now[1] - at[1]}) ${own}`);
  }

  /** From further away there is room for less: what was placed first in the scene stays, which is what was drawn last. */
  function thinOut(anchors) {
    const kept = [];
    const clusters = new Set(anchors.toReversed().map((anchor) => anchor.cluster).filter(Boolean));
    for (const { world, at, boxes, items } of clusters) {
      const now = pictureAt(viewNow(), world);
      if (!now) continue;
      const moved = boxes.map((box) => [box.x + now[0] - at[0], box.y + now[1] - at[1], box.width, box.height]);
      const free = moved.every(([x, y, width, height]) => kept.every((other) => x > other[0] + other[2] || other[0] > x + width || y > other[1] + other[3] || other[1] > y + height));
      if (free) kept.push(...moved); else items.forEach((item) => { item.style.display = "none"; });
    }
  }

  function followLine({ item, lines, own }) {
    if (!state.byHand) { item.setAttribute("d", own); return; }
    let d = "";
    for (const { points, closed } of lines) {
      let down = false;
      for (const point of points) {
        const at = pictureAt(viewNow(), point);
        if (at) d += `${down ? "L" : "M"}${at[0].toFixed(1)} ${at[1].toFixed(1)}`;
        down = at !== null;
      }
      if (closed && d) d += "Z";
    }
    item.setAttribute("d", d);
  }

  /** What of a picture moves with the land, each with the place that it is tied to. What is written beside a point, and the lines of one name, stay together. */
  function anchorsOf(svg, view) {
    const list = [];
    const maps = isCompared() ? panesOf(svg).flatMap(({ groups }) => groups) : [];
    for (const group of [...maps, ...svg.querySelectorAll(":scope > g")]) {
      const name = group.id.replace(/^p\d+-/, "").replace(/^picture-\d+-/, "").replace(/-\d+$/, "");
      if (OF_SCENE.has(name)) group.classList.add("of-scene");
      if (name === "furniture") svg.bar = barOf(group);
      if (!MOVING.has(name)) continue;
      let last = null;
      for (const item of group.children) {
        if (item.tagName === "defs") continue;
        const own = item.getAttribute("transform") ?? "";
        if (item.tagName === "path") {
          list.push({ item, lines: linesOf(item.getAttribute("d"), view), own: item.getAttribute("d") });
          continue;
        }
        const box = boxOf(item, own);
        if (!last || !belongs(item, box, last)) {
          const at = [box.x + box.width / 2, box.y + box.height / 2];
          last = { cluster: { at, world: worldAt(view, at), boxes: [], items: [] } };
        }
        Object.assign(last, { box, item });
        last.cluster.boxes.push(own ? { x: box.x - 10, y: box.y - 10, width: 20, height: 20 } : box);
        last.cluster.items.push(item);
        list.push({ item, own, cluster: last.cluster });
      }
    }
    return list;
  }

  /** Of a sign its middle: what is drawn of it may lean to a side. */
  function boxOf(item, own) {
    const moved = own.match(/^translate\(([-\d.]+) ([-\d.]+)\)/);
    return moved ? { x: Number(moved[1]), y: Number(moved[2]), width: 0, height: 0 } : item.getBBox();
  }

  function belongs(item, box, last) {
    const size = parseFloat(item.getAttribute("font-size")) || 14;
    const apart = (start, end, otherStart, otherEnd) => Math.max(0, otherStart - end, start - otherEnd);
    const away = Math.hypot(apart(box.x, box.x + box.width, last.box.x, last.box.x + last.box.width), apart(box.y, box.y + box.height, last.box.y, last.box.y + last.box.height));
    if (item.tagName === "text" && last.item.tagName === "text") {
      const sameName = ["font-weight", "font-style", "fill"].every((name) => item.getAttribute(name) === last.item.getAttribute(name));
      return sameName && away < size * 0.4;
    }
    return ["text", "rect"].includes(item.tagName) && away < size * 1.2;
  }

  /** The lines of a path of ours: absolute, then steps. */
  function linesOf(d, view) {
    const lines = [];
    let [at, letter, x] = [[0, 0], "", null];
    for (const token of d.match(/[MLlZ]|-?\d*\.?\d+/g) ?? []) {
      if (token === "Z") lines.at(-1).closed = true;
      else if (/[MLl]/.test(token)) letter = token;
      else if (x === null) x = Number(token);
      else {
        if (letter === "M") lines.push({ points: [], closed: false });
        at = letter === "l" ? [at[0] + x, at[1] + Number(token)] : [x, Number(token)];
        x = null;
        lines.at(-1).points.push(worldAt(view, at));
      }
    }
    return lines;
  }

  /** How the scale bar of a picture is set for a map on which a length is so many times as long; `undefined` without one. */
  function barOf(group) {
    const items = [...group.children];
    const at = items.findIndex((item) => item.tagName === "text" && /^[\d.,\u00a0\u202f ]+ (km|m)$/.test(item.textContent));
    const [left, right, along] = at < 3 ? [] : items.slice(at - 3, at);
    const ends = along?.tagName === "path" && along.getAttribute("d").match(/^M([\d.]+) ([\d.]+)l([\d.]+) 0$/);
    if (!ends || left.tagName !== "path") return undefined;
    const [x, y, width] = ends.slice(1).map(Number);
    const [, amount, unit] = items[at].textContent.match(/^(.+) (km|m)$/);
    const metres = Number(amount.replace(/[^\d.]/g, "")) * (unit === "km" ? 1000 : 1);
    const own = [right.getAttribute("d"), along.getAttribute("d"), items[at].textContent];
    return (longer) => {
      if (longer === 1) { right.setAttribute("d", own[0]); along.setAttribute("d", own[1]); items[at].textContent = own[2]; return; }
      const room = metres * longer;
      const power = 10 ** Math.floor(Math.log10(room));
      const nice = [5, 2, 1].find((step) => step * power <= room) * power;
      const end = x + width * nice / room;
      right.setAttribute("d", `M${end} ${y - 6}l0 6`);
      along.setAttribute("d", `M${x} ${y}L${end} ${y}`);
      items[at].textContent = nice < 1000 ? `${nice} m` : `${nice / 1000} km`;
    };
  }

  // ---- keys and fingers ----

  const KEYS = {
    ArrowRight: next, PageDown: next, " ": next, Enter: next, ArrowDown: next,
    ArrowLeft: previous, PageUp: previous, Backspace: previous, ArrowUp: previous,
    Home: () => (state.byHand ? backToView() : goTo(0, 0)), End: () => goTo(data.scenes.length - 1, 0),
    "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), p: () => play(!state.playing), l: toggleLoop, h: toggleHelp, "?": toggleHelp,
    b: () => { curtain.hidden = !curtain.hidden; }, o: showOverview, n: toggleNotes, t: () => toggleText(), d: toggleTheme, f: toggleFullScreen,
    "[": () => moveDivider(-0.05), "]": () => moveDivider(0.05),
    ",": () => nextEvent(-1), ".": () => nextEvent(1),
    Escape: () => { if (document.documentElement.classList.contains("reading")) toggleText(false); else if (!lift()) { hide(curtain); hide(notes); if (state.byHand) backToView(); } },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const focus = document.activeElement;
    // The slider, buttons and the text that is read keep their own keys.
    if (focus === slider && /^(Arrow|Page|Home|End)/.test(key)) return;
    if (focus === divider && /^Arrow(Left|Right)$/.test(key)) { event.preventDefault(); moveDivider(key === "ArrowLeft" ? -0.05 : 0.05); return; }
    if (focus?.tagName === "BUTTON" && (key === " " || key === "Enter") && !state.digits) return;
    if (document.documentElement.classList.contains("reading") && key !== "Escape" && key !== "t") return;
    const way = event.shiftKey && ARROWS[key];
    if (way) { event.preventDefault(); moveMap(MIDDLE, [MIDDLE[0] + way[0], MIDDLE[1] + way[1]]); return; }
    if (key === "0" && !state.digits) { if (state.byHand) backToView(); return; }
    if (/^\d$/.test(key)) { state.digits = (state.digits + key).slice(-3); return; }
    if (key === "Enter" && state.digits) {
      const scene = Number(state.digits) - 1;
      state.digits = "";
      event.preventDefault();
      if (scene >= 0 && scene < data.scenes.length) { overview.hidden = true; goTo(scene, 0); }
      return;
    }
    state.digits = "";
    if (Object.hasOwn(KEYS, key)) { event.preventDefault(); KEYS[key](); }
  });

  slider.addEventListener("input", () => goToDay(Number(slider.value)));

  const MIDDLE = [WIDTH / 2, HEIGHT / 2];
  const ARROWS = { ArrowLeft: [80, 0], ArrowRight: [-80, 0], ArrowUp: [0, 80], ArrowDown: [0, -80] };
  const zoom = (factor) => moveMap(MIDDLE, MIDDLE, factor);

  /** Where something of the screen is in the picture. */
  function inPicture({ clientX, clientY }) {
    const box = stage.getBoundingClientRect();
    return [(clientX - box.left) / box.width * WIDTH, (clientY - box.top) / box.height * HEIGHT];
  }

  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    // Lines and pages as pixels; two fingers on a touch pad come as small steps with Ctrl.
    const steps = event.deltaY * [1, 16, 400][event.deltaMode] * (event.ctrlKey ? 8 : 1);
    const at = inPicture(event);
    moveMap(at, at, Math.exp(-Math.max(-300, Math.min(300, steps)) * 0.0015));
  }, { passive: false });

  // Each finger or button that is down: where it began and where it is, in pixels of the screen.
  const fingers = new Map();
  // Whether what is down is no click any more: it dragged, or there was a second finger.
  let dragged = false;
  const midway = (list) => list.reduce(([x, y], [otherX, otherY]) => [x + otherX / list.length, y + otherY / list.length], [0, 0]);
  const spread = (list) => (list.length < 2 ? 1 : Math.hypot(list[0][0] - list[1][0], list[0][1] - list[1][1]));

  divider.addEventListener("pointerdown", (event) => { event.stopPropagation(); divider.setPointerCapture(event.pointerId); });
  divider.addEventListener("pointermove", (event) => { if (divider.hasPointerCapture(event.pointerId)) setDivider(inPicture(event)[0]); });
  for (const end of ["pointerup", "pointercancel"]) divider.addEventListener(end, (event) => event.stopPropagation());

  stage.addEventListener("pointerdown", (event) => {
    if (event.target.closest("button, a") || event.button > 0) return;
    if (!fingers.size) dragged = false;
    fingers.set(event.pointerId, { from: [event.clientX, event.clientY], at: [event.clientX, event.clientY] });
    if (fingers.size > 1) dragged = true;
    stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener("pointermove", (event) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    const places = () => [...fingers.values()].slice(0, 2).map(({ at }) => inPicture({ clientX: at[0], clientY: at[1] }));
    const before = places();
    const moved = Math.hypot(event.clientX - finger.from[0], event.clientY - finger.from[1]);
    // One finger swipes where the map is as the scene has it, and moves the map where it is not.
    const moves = fingers.size > 1 || (moved > 4 || dragged) && (event.pointerType !== "touch" || state.byHand);
    finger.at = [event.clientX, event.clientY];
    if (!moves) return;
    dragged = true;
    const after = places();
    moveMap(midway(before), midway(after), spread(after) / spread(before));
  });
  stage.addEventListener("pointerup", (event) => {
    const finger = fingers.get(event.pointerId);
    fingers.delete(event.pointerId);
    if (!finger || dragged) return;
    const moved = event.clientX - finger.from[0];
    const box = stage.getBoundingClientRect();
    if (Math.abs(moved) > 40) { if (moved < 0) next(); else previous(); }
    else if (event.clientX < box.left + box.width * 0.25) previous();
    else next();
  });
  stage.addEventListener("pointercancel", (event) => fingers.delete(event.pointerId));
  curtain.addEventListener("click", () => hide(curtain));

  // ---- print ----

  addEventListener("beforeprint", () => {
    for (const section of transcript.querySelectorAll("section.scene")) {
      const scene = Number(section.dataset.scene) - 1;
      section.querySelector(".picture")?.remove();
      const theme = state.theme;
      state.theme = 0;
      section.querySelector("h2").after(thumbnail(scene, data.scenes[scene].pictures.length - 1, 1600));
      state.theme = theme;
    }
  });
  addEventListener("afterprint", () => transcript.querySelectorAll(".picture").forEach((picture) => picture.remove()));

  // ---- begin ----

  addEventListener("resize", resize);
  state.theme = (data.theme ?? (darkness.matches ? "dark" : "light")) === "dark" ? 1 : 0;
  document.documentElement.dataset.theme = state.theme ? "dark" : "light";
  const start = Math.max(0, Math.min(data.scenes.length - 1, (Number(location.hash.slice(1)) || 1) - 1));
  resize();
  goTo(start, 0, { cut: true });
  drawTicks();
  document.documentElement.dataset.ready = Math.round(performance.now());
})();
