// All in the eyeball's own frame, gaze along +z, millimetres of an eyeball of RADIUS. The cornea is a smaller sphere that stands out of it; the
// iris lies on a plane behind it and is seen through it, refracted.
varying vec3 at, local;
uniform sampler2D eye_picture;
uniform mat3 frame;  // from the character's space into the eyeball's
uniform mat3 socket;  // from the eyeball's frame into the head's, x outwards from the nose
uniform vec4 upper, lower;  // the lids' edges over x, and
uniform vec4 ends;  // their last coefficients, x of the corners of the eye
uniform vec3 iris_colour, inner_colour, white_colour;  // linear
uniform vec4 iris;  // its radius, the pupil's, darkness of its ring, how pale its fibres are
uniform float veins, wet;
uniform vec3 key_middle;  // the lamp's middle, of which `key_from` takes one place after another in pictures of many passes

const float RADIUS = 15.25, LIMBUS = 5.9, CORNEA_Z = 8.08, IRIS_Z = 13.6, INTO_WATER = 0.7485;

float over(vec4 c, float last, float x) {
    return c.x + x * (c.y + x * (c.z + x * (c.w + x * last)));
}

// A lamp as a soft window that is mirrored: share of it seen in this direction.
float pane(vec3 mirror, vec3 lamp, float size, float soft) {
    float front = dot(mirror, lamp);
    vec3 across = normalize(vec3(lamp.z, 0.0, -lamp.x) + vec3(1e-4));
    vec2 q = vec2(dot(mirror, across), dot(mirror, cross(lamp, across))) / max(front, 0.05);
    vec2 inside = smoothstep(vec2(size + soft), vec2(size - soft), abs(q) * vec2(1.15, 1.0));
    return step(0.05, front) * inside.x * inside.y;
}

vec3 iris_seen(vec2 q, vec3 key, vec3 fill, vec3 key_light, vec3 fill_light, vec3 from_all) {
    float rho = length(q) / iris.x, pupil = iris.y / iris.x;
    float s = clamp((rho - pupil) / (1.0 - pupil), 0.0, 1.0);
    vec2 unit = q / max(length(q), 1e-3);
    vec2 where = vec2(0.25, 0.5) + unit * mix(0.2, 1.0, s) * vec2(0.24, 0.48);
    vec3 map = texture2D(eye_picture, where).rgb;
#ifdef FINE
    vec2 step_at = vec2(0.0022, 0.0044);
    vec2 slope = vec2(texture2D(eye_picture, where + vec2(step_at.x, 0.0)).r, texture2D(eye_picture, where + vec2(0.0, step_at.y)).r) - map.r;
#else
    vec2 slope = vec2(0.0);
#endif
    vec3 n = normalize(vec3(-slope * 3.2 + unit * 0.10, 1.0));
    float height = map.r, pale = iris.w;
    vec3 own = mix(iris_colour, inner_colour, smoothstep(0.36, 0.66, map.b + 0.04 * (height - 0.5)));
    float level = dot(own, vec3(0.3, 0.5, 0.2));
    own = mix(own, vec3(level) * vec3(1.12, 1.14, 1.16), pale * 0.45 * smoothstep(0.45, 0.95, height));  // whitish threads in light eyes
    own = own * (mix(0.20, 0.16, pale) + mix(0.62, 0.92, pale) * height * height) + 0.005;
    own *= 1.0 - 0.62 * map.g;
    float limb = smoothstep(0.64, 1.0, rho + 0.06 * (map.b - 0.4));
    own *= mix(vec3(1.0), vec3(0.10, 0.095, 0.10), min(1.0, 1.25 * iris.z) * limb * limb);
    own = mix(own * vec3(0.35, 0.26, 0.22), own, smoothstep(0.0, 0.075, s));  // ruff round the pupil
    // Light is bent inwards by the cornea: it gathers on the side away from the lamp.
    vec2 to_key = key.xy / max(length(key.xy), 0.05);
    float lean = clamp(length(key.xy), 0.0, 1.0), along = dot(q / iris.x, to_key);
    float gathered = 1.0 - 0.42 * lean * smoothstep(-0.2, 0.9, along);
    vec2 spot = q / iris.x + to_key * (0.30 + 0.42 * lean);
    gathered += 1.15 * lean * exp(-dot(spot, spot) * 4.2);
    vec3 light = key_light * clamp(0.25 + 0.75 * dot(n, normalize(key + vec3(0.0, 0.0, 0.5))), 0.0, 1.0) * step(-0.2, key.z) * gathered;
    light += fill_light * clamp(0.3 + 0.7 * dot(n, fill), 0.0, 1.0) + from_all;
    float wall = smoothstep(0.88, 1.02, rho);
    float black = smoothstep(iris.y - 0.10, iris.y + 0.10, length(q) + 0.12 * (map.r - 0.5));
    vec3 seen = own * light;
    seen = mix(seen, white_colour * 0.32 * light, wall * 0.45);
    return mix(vec3(0.0016) * light, seen, black);
}

void main() {
    vec3 view = normalize(frame * (eye - at));
    vec3 key = frame * key_from, fill = frame * fill_from, rim = frame * rim_from;
    float r = length(local.xy);
    float front = step(0.0, local.z);
    float cornea = front * smoothstep(LIMBUS + 0.25, LIMBUS - 0.75, r);
    vec3 ball = normalize(local), dome = normalize(local - vec3(0.0, 0.0, CORNEA_Z));
    vec3 n = normalize(mix(ball, dome, front * smoothstep(LIMBUS + 0.7, LIMBUS - 0.5, r)));

    // The lids: millimetres to their edges, what they leave of light.
    vec3 in_head = socket * local;
    float x = clamp(in_head.x, ends.z, ends.w);
    float du = over(upper, ends.x, x) - in_head.y, dl = in_head.y - over(lower, ends.y, x);
    vec3 key_in_head = socket * key;
    float rise = clamp(key_in_head.y / max(key_in_head.z, 0.2), -1.5, 2.5);
    float reach = smoothstep(-0.7, 1.0, du - 1.25 * rise) * mix(0.50, 1.0, smoothstep(-1.0, 3.2, du - 2.6 * rise)) * smoothstep(-0.6, 0.7, dl + 0.7 * rise);
    float du0 = max(du, 0.0), dl0 = max(dl, 0.0);
    float open = (du0 + 0.15) / (du0 + 2.5) * (dl0 + 0.25) / (dl0 + 1.0);
    float corner = smoothstep(ends.z - 2.0, ends.z + 5.0, in_head.x) * smoothstep(ends.w + 2.5, ends.w - 5.5, in_head.x);
    open *= 1.25 * (0.45 + 0.55 * corner);
    vec3 bounced = mix(vec3(1.0, 0.66, 0.56), vec3(1.0), clamp(open * 1.15, 0.0, 1.0));  // what the lids give back is red
    vec3 shade = pow(vec3(clamp(open, 0.0, 1.0)), vec3(0.80, 0.95, 1.0));
    float reach_key = key_reaches(at + key_from * 0.008, n * frame);  // the lids are known better than the shadow map shows them
    reach *= reach_key;
    vec3 key_light = KEY * reach * mix(vec3(1.0, 0.8, 0.75), vec3(1.0), reach), fill_light = FILL * shade, from_all = ambient(n * frame) * shade * bounced;

    // The white: light wraps round it, red furthest.
    vec3 spread = vec3(0.30, 0.17, 0.13);
    vec3 white_light = key_light * clamp((dot(ball, key) + spread) / (1.0 + spread), 0.0, 1.0) + fill_light * clamp((dot(ball, fill) + spread) / (1.0 + spread), 0.0, 1.0);
    white_light += RIM * shade * clamp(dot(ball, rim), 0.0, 1.0) + from_all;
    vec3 map = texture2D(eye_picture, vec2(0.75, 0.5) + local.xy / RADIUS * vec2(0.25, 0.5)).rgb;
    float towards_corner = 1.0 - smoothstep(ends.z - 1.0, ends.z + 6.5, in_head.x);
    float outer = smoothstep(6.5, 13.0, r);
    vec3 white = white_colour * (0.90 + 0.20 * map.g);
    float red = (0.25 + 0.75 * veins) * (0.34 * outer + 0.60 * towards_corner) + 0.16 * (1.0 - clamp(open, 0.0, 1.0));
    white *= exp(-red * vec3(0.10, 0.75, 0.80) - veins * map.r * (0.8 + 1.4 * outer) * vec3(0.16, 1.05, 1.0));
    float plica = 1.0 - smoothstep(ends.z + 0.2, ends.z + 2.6, in_head.x + 0.25 * (map.b - 0.5));
    white = mix(white, vec3(0.52, 0.20, 0.17), 0.75 * plica);
    vec3 colour = white * white_light;

    // The iris behind the cornea.
    vec3 ray = refract(-view, dome, INTO_WATER);
    float deep = min(IRIS_Z - local.z, -0.02);
    vec2 q = local.xy + ray.xy * (deep / min(ray.z, -0.18));
    q *= min(1.0, 1.04 * iris.x / max(length(q), 1e-3));
    vec3 inside = iris_seen(q, key, fill, key_light, fill_light, from_all);
    float limbus = smoothstep(iris.x + 0.75, iris.x - 0.45, r + 0.30 * (map.g - 0.5)) * cornea;
    colour *= mix(vec3(1.0), vec3(0.55, 0.58, 0.64), smoothstep(iris.x + 1.7, iris.x + 0.1, r));  // the white thins out over the iris's edge
    colour = mix(colour, inside, limbus);

    // What is mirrored in the tears.
    vec3 bumpy = normalize(n + (1.0 - cornea) * 0.10 * vec3(map.b - 0.5, map.g - 0.5, 0.0));
    vec3 mirror = reflect(-view, bumpy);
    vec3 mirror_in_head = socket * mirror;
    float up = clamp(mirror_in_head.y / max(mirror_in_head.z, 0.25), -2.0, 3.0);
    float clear = smoothstep(-0.35, 0.55, du - 1.0 * up) * smoothstep(-0.35, 0.45, dl + 0.6 * up);
    float graze = 0.024 + 0.976 * sheen(clamp(dot(bumpy, view), 0.0, 1.0));
    float much = 0.35 + 1.1 * wet;
    // The lamps have edges that the picture of the surroundings is too coarse for.
    vec3 lamp = frame * key_middle;
    float size = clamp(lamp_sizes.x, 0.07, 0.19);
    float window = mix(0.3 * pane(mirror, lamp, size + 0.10, 0.24), pane(mirror, lamp, size, 0.026), cornea);
    vec3 shine = KEY * reach_key * 1.8 / (size * size) * window;
    shine += FILL * 4.0 * pane(mirror, fill, 0.16, 0.14) + RIM * 14.0 * pane(mirror, rim, 0.16, 0.06);
    shine = shine * clear + mirrored(mirror * frame, 0.27) * (0.30 + 0.70 * clear) * min(1.0, 1.4 * open);
    gl_FragColor = vec4(to_picture(colour * (1.0 - graze) + shine * graze * much), 0.55);
}
