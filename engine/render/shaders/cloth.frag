// Cloth: threads or stitches as relief, patterns dyed in, fuzz along the outline, seams.
// place: metres along and across the thread. about: kind, mm from the piece's edge, metres below the end of the head's mesh.
varying vec3 at, facing;
varying vec4 lit;
varying vec2 place;
varying vec3 about;
uniform vec3 dye, second;  // linear
uniform float pattern;  // plain, stripes, checks, dots, knit
uniform sampler2D grain_picture;  // r creases of 3 cm, g of 1 cm, b grains, over 0.96 m
uniform float weave;  // jersey, fine knit, heavy knit, woven, fleece, twill

const float RIB = 1.0, TRIM = 2.0, BUTTON = 3.0, CORD = 4.0, SECOND = 5.0;
const float TURN = 6.2831853;

// 1 where x lies on the line's side, smooth over a pixel.
float side(float x) {
    return clamp(x / max(fwidth(x), 1e-6) + 0.5, 0.0, 1.0);
}

// How much of a detail of this size, metres, is still to be seen.
float seen(float size) {
    vec2 step = fwidth(place);
    return 1.0 - smoothstep(0.10, 0.32, max(step.x, step.y) / size);
}

// Relief of the cloth, millimetres: x height, and how open the threads are to the light, y.
vec2 stitches(vec2 p, float wide, float tall, float deep) {
    vec2 q = vec2(p.x / wide, p.y / tall);
    float leg = abs(fract(q.x) - 0.5) * 2.0;  // 1 between the columns, 0 in their middle
    float turn = fract(q.y + 0.5 * leg);
    float round = sin(leg * 3.14159) * (0.55 + 0.45 * sin(turn * TURN));
    float much = seen(min(wide, tall));
    return vec2(deep * round * much, mix(1.0, 0.62 + 0.38 * clamp(round * 1.6, 0.0, 1.0), much));
}

vec2 relief(vec2 p, float kind, vec3 fine) {
    if (kind == RIB) {
        float wide = weave == 2.0 ? 0.0052 : 0.0030, much = seen(wide);
        float rib = 0.5 + 0.5 * sin(p.x / wide * TURN);
        return vec2(0.55 * sqrt(rib) * much, mix(1.0, 0.45 + 0.55 * rib, much)) + vec2(0.0, 0.0);
    }
    if (kind >= BUTTON) return vec2(0.0, 1.0);
    if (pattern == 4.0 || weave == 2.0) return stitches(p, 0.0058, 0.0050, 0.75);
    if (weave == 1.0) return stitches(p, 0.0022, 0.0018, 0.22);
    if (weave == 0.0) return stitches(p, 0.0011, 0.0010, 0.08);
    if (weave == 3.0) {
        vec2 q = p / 0.0007 * TURN;
        float much = seen(0.0007);
        return vec2(0.03 * sin(q.x) * sin(q.y) * much, mix(1.0, 0.92 + 0.08 * sin(q.x) * sin(q.y), much));
    }
    if (weave == 5.0) {
        float q = (p.x + p.y) / 0.0016, much = seen(0.0016);
        float line = 0.5 + 0.5 * sin(q * TURN);
        return vec2(0.07 * line * much, mix(1.0, 0.72 + 0.28 * line, much));
    }
    float much = seen(0.004), fuzz = 1.6 * fine.b;
    return vec2(0.16 * fuzz * much, mix(1.0, 0.84 + 0.12 * fuzz, much));
}

vec3 dyed(vec2 p, float kind) {
    if (kind == TRIM) return dye * 0.92;
    if (kind == SECOND || kind == BUTTON || kind == CORD) return second;
    if (kind != 0.0) return dye;
    if (pattern == 1.0) return mix(dye, second, side(abs(fract(p.y / 0.034) - 0.5) * 0.034 - 0.0105));
    if (pattern == 2.0) {
        vec2 q = abs(fract(p / 0.024) - 0.5) * 0.024 - 0.006;
        float both = 0.5 * (side(q.x) + side(q.y));
        return mix(dye, second, both);
    }
    if (pattern == 3.0) {
        vec2 q = p / vec2(0.022, 0.019);
        q.x += 0.5 * mod(floor(q.y), 2.0);
        vec2 d = (fract(q) - 0.5) * vec2(0.022, 0.019);
        return mix(dye, second, side(0.0040 - length(d)));
    }
    return dye;
}

void main() {
    float kind = floor(about.x + 0.5), edge = about.y;
    float cover = 1.0 - smoothstep(0.13, 0.235, about.z);
    if (cover <= 0.0) discard;
    vec3 n = normalize(facing);
    vec3 view = normalize(eye - at);
    // The relief bends the normal: its slope along the surface from how place and position change over the screen.
    vec3 creases = texture2D(grain_picture, place / 0.96).rgb, fine = texture2D(grain_picture, place / 0.24).rgb;
    vec2 cloth = relief(place, kind, fine);
    float crumple = kind < BUTTON ? creases.r + 0.5 * creases.g : 0.0;
    float height = 0.001 * cloth.x + 0.0024 * crumple * (weave == 3.0 ? 1.5 : 1.0);
    // Topstitching beside a seam.
    float seam = kind == 0.0 ? exp(-pow((edge - 1.0) / 0.7, 2.0)) + 0.55 * exp(-pow((edge - 5.0) / 0.45, 2.0)) : 0.0;
    // Sleeves are sewn on.
    if (kind == 0.0 && about.z > -0.13 && edge > 40.0) seam += exp(-pow((abs(place.x) - 0.205 - 0.25 * (about.z + 0.05)) / 0.0007, 2.0));
    height -= 0.0004 * seam;
    vec3 across = dFdx(at), down = dFdy(at);
    vec3 r1 = cross(down, n), r2 = cross(n, across);
    float area = dot(across, r1);
    vec3 slope = (dFdx(height) * r1 + dFdy(height) * r2) / (abs(area) < 1e-14 ? 1e-14 : area);
    float steep = length(slope);
    slope *= min(1.0, 0.9 / max(steep, 1e-5));
    vec3 bent = normalize(n - slope);
    vec3 shadow = clamp(lit.rgb, 0.0, 1.0);
    shadow.r *= mix(key_reaches(at, n), 1.0, smoothstep(-0.035, -0.005, about.z));  // the shadow map ends with the head's mesh
    float open = clamp(lit.a, 0.0, 1.0) * cloth.y * (1.0 - 0.35 * seam);
    vec3 colour = dyed(place, kind);
    colour *= 0.95 + 0.07 * fine.b * seen(0.003) + 0.05 * fine.r;
    // Light goes a little way round among the fibres.
    float soft = kind < BUTTON ? 0.16 : 0.04;
    vec3 key = KEY * shadow.r * clamp((dot(bent, key_from) + soft) / (1.0 + soft), 0.0, 1.0);
    vec3 light = key + FILL * shadow.g * clamp((dot(bent, fill_from) + soft) / (1.0 + soft), 0.0, 1.0);
    light += RIM * shadow.b * clamp((dot(bent, rim_from) + soft) / (1.0 + soft), 0.0, 1.0);
    vec3 around = ambient(bent) * open;
    float graze = 1.0 - clamp(dot(n, view), 0.0, 1.0);
    float fuzz = (weave == 4.0 ? 0.5 : weave == 3.0 || weave == 5.0 ? 0.12 : 0.3) * graze * graze * graze;
    vec3 out_light = colour * (light * mix(0.75, 1.0, cloth.y) + around) + (0.3 * colour + 0.04) * fuzz * (0.6 * light + around);
    if (kind == BUTTON) {
        vec3 half_way = normalize(view + key_from);
        out_light += KEY * shadow.r * 0.35 * pow(clamp(dot(n, half_way), 0.0, 1.0), 60.0) + around * 0.05;
    }
    gl_FragColor = vec4(to_picture(out_light), cover);
}
