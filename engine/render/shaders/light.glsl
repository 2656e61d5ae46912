// Shared by all materials: lamps, surroundings, shadow, and the way from linear light to the picture.
// All directions and places are in the character's own space. A lamp's light is what a white surface that faces it sends back.
uniform vec3 eye;
uniform vec3 key_from, fill_from, rim_from;
uniform vec3 key_light, fill_light, rim_light;
uniform vec3 lamp_sizes;  // radii of key, fill and rim lamp as seen from the head, radians
uniform vec3 around[9];  // of the surroundings: what a white surface sends back, by its normal
uniform vec2 around_turn;  // cosine and sine
uniform sampler2D around_picture;
uniform float exposure;
uniform vec4 curve;
uniform vec3 graded;  // last of the curve's numbers, contrast, saturation

#define KEY key_light
#define FILL fill_light
#define RIM rim_light

vec3 to_linear(vec3 c) {
    return c * (c * (c * 0.305306011 + 0.682171111) + 0.012522878);
}

vec3 to_picture(vec3 light) {
    light *= exposure;
    vec3 c = clamp(light * (curve.x * light + curve.y) / (light * (curve.z * light + curve.w) + graded.x), 0.0, 1.0);
    vec3 a = sqrt(c), b = sqrt(a), d = sqrt(b);
    vec3 shown = 0.662002687 * a + 0.684122060 * b - 0.323583601 * d - 0.0225411470 * c;
    shown = mix(vec3(dot(shown, vec3(0.2126, 0.7152, 0.0722))), shown, graded.z);
    return shown + graded.y * shown * (1.0 - shown) * (2.0 * shown - 0.9);
}

// Of the surroundings: what a white surface with this normal sends back, without the lamps.
vec3 ambient(vec3 n) {
    vec3 sum = around[0] + around[1] * n.x + around[2] * n.y + around[3] * n.z + around[4] * (n.x * n.y) + around[5] * (n.y * n.z);
    sum += around[6] * (3.0 * n.z * n.z - 1.0) + around[7] * (n.x * n.z) + around[8] * (n.x * n.x - n.y * n.y);
    return max(sum, vec3(0.0));
}

// Where a direction is in the map that `surroundings.unfolded` lays out, 0 to 1.
vec2 unfolded(vec3 d) {
    d.xz = vec2(around_turn.x * d.x - around_turn.y * d.z, around_turn.y * d.x + around_turn.x * d.z);
    d /= abs(d.x) + abs(d.y) + abs(d.z);
    vec2 way = vec2(d.x < 0.0 ? -1.0 : 1.0, d.z < 0.0 ? -1.0 : 1.0);
    return 0.5 + 0.5 * (d.xz + way * max(-d.y, 0.0));
}

const vec2 ATLAS = vec2(1.0 / 160.0, 1.0 / 128.0);

// Where a place in the map is in the atlas: blurred so often, 0 for not at all.
vec2 atlas_place(vec2 at, float step) {
    return (step < 0.5 ? 0.5 + at * 127.0 : vec2(128.5, 32.0 * step - 31.5) + at * 31.0) * ATLAS;
}

// What is seen of the surroundings in a direction by a surface of this roughness, 0 to 1. Below 0.25 the lamps are seen in it too;
// rougher materials shade them by their directions.
vec3 mirrored(vec3 direction, float rough) {
    vec2 at = unfolded(direction);
    float level = clamp(rough, 0.0, 1.0) * 4.0;
#ifdef FINE
    float step = min(floor(level), 3.0);
    vec3 c = mix(texture2D(around_picture, atlas_place(at, step)).rgb, texture2D(around_picture, atlas_place(at, step + 1.0)).rgb, level - step);
#else
    vec3 c = texture2D(around_picture, atlas_place(at, floor(level + 0.5))).rgb;
#endif
    return c * c * 40.0;
}

float sheen(float cosine) {
    float f = 1.0 - cosine, g = f * f;
    return g * g * f;
}

#ifdef SHADOWS
uniform sampler2DShadow key_map;
uniform mat4 key_place;  // from the character's own space into the shadow map
uniform vec4 key_spread;  // half a lamp's blur in the map, at a distance; lift off the surface in metres; this pass's turn, 0 to 1; depth by width, squared

// Share of the key lamp's light that reaches a place with this normal, past other parts and other characters.
float key_reaches(vec3 at, vec3 n) {
    vec3 p = (key_place * vec4(at + n * key_spread.y, 1.0)).xyz;
    // Beside the place its own surface is higher or lower: what is looked up there follows its slope.
    vec3 slant = mat3(key_place[0].xyz, key_place[1].xyz, key_place[2].xyz) * n;
    vec2 rise = clamp(slant.xy * key_spread.w / min(slant.z, -1e-4), -1.2, 1.2);
#ifdef IN_VERTEX
    float spin = 6.2832 * key_spread.z;
#else
    // Each pixel looks in other directions: bands become a fine grain.
    float spin = 6.2832 * fract(52.9829 * fract(dot(gl_FragCoord.xy, vec2(0.06711, 0.00584))) + key_spread.z);
#endif
    vec2 w = key_spread.x * vec2(cos(spin), sin(spin));
    vec4 a = vec4(w, 0.6 * vec2(-w.y, w.x));
    vec2 z = -vec2(dot(rise, a.xy), dot(rise, a.zw));
    float sum = shadow2D(key_map, p + vec3(a.xy, z.x)).r + shadow2D(key_map, p + vec3(a.zw, z.y)).r;
    sum += shadow2D(key_map, p - vec3(a.xy, z.x)).r + shadow2D(key_map, p - vec3(a.zw, z.y)).r;
    return 0.25 * sum;
}
#else
float key_reaches(vec3 at, vec3 n) {
    return 1.0;
}
#endif
