// rest: the strand's direction at rest, 1 on the knot; place: round the head, metres from the hairline.
varying vec3 at, facing;
varying vec4 lit, rest;
varying vec2 place;
uniform sampler2D strands_picture;
uniform mat3 head;

const vec3 DARK = vec3(0.027, 0.0165, 0.0105), WARM = vec3(0.31, 0.195, 0.125);

float lobe(vec3 along, vec3 half_way, float power) {
    float d = dot(along, half_way);
    return pow(max(1.0 - d * d, 0.0), power);
}

void main() {
    float on_knot = step(1.0, place.y);
    vec2 where = vec2(place.x * mix(3.0, 1.0, on_knot) + on_knot * place.y * 0.35, place.y * mix(2.6, 0.35, on_knot));
    vec3 broad = texture2D(strands_picture, vec2(place.x * 0.9, 0.2)).rgb - 0.5;  // locks: how they slant and how far they reach
    where.x += broad.b * 0.045 * (1.0 - smoothstep(-0.006, 0.022, place.y));
    vec3 strand = texture2D(strands_picture, where).rgb;
    float from_line = place.y * 1000.0 + (strand.g - 0.5) * 4.0 + broad.r * 7.0;
    float thin = texture2D(strands_picture, where * vec2(3.4, 1.0) + 0.37).g;  // single hairs that reach further
    float cover = max(on_knot, max(smoothstep(-1.0, 5.0, from_line), smoothstep(-5.5, 6.0, place.y * 1000.0 + (thin - 0.5) * 22.0 + broad.g * 10.0) * 0.7));
    cover *= smoothstep(-0.006, -0.001, place.y);
    if (cover < 0.01) discard;
    vec3 n = normalize(facing);
    vec3 along = normalize(head * rest.xyz);
    along = normalize(along - n * dot(along, n));
    vec3 side = cross(n, along);
    n = normalize(n + side * (strand.r - 0.5) * 0.9);
    vec3 view = normalize(eye - at);
    vec3 shadow = clamp(lit.rgb, 0.0, 1.0);
    float open = clamp(lit.a, 0.0, 1.0);
    float bright = 0.45 + 1.1 * strand.r;
    float shift = (strand.b - 0.5) * 0.55;
    vec3 first = normalize(along + n * (shift - 0.12)), second = normalize(along + n * (shift + 0.16));
    vec3 colour = DARK * bright * (KEY * shadow.r * clamp(0.25 + 0.75 * dot(n, key_from), 0.0, 1.0) + FILL * shadow.g * clamp(0.3 + 0.7 * dot(n, fill_from), 0.0, 1.0)
        + 1.3 * ambient(n) * open);
    vec3 to_key = normalize(key_from + view), to_fill = normalize(fill_from + view), to_rim = normalize(rim_from + view);
    float by_key = shadow.r * smoothstep(-0.15, 0.45, dot(n, key_from));
    vec3 gloss = KEY * by_key * (0.030 * lobe(first, to_key, 70.0) + WARM * 0.085 * lobe(second, to_key, 14.0));
    gloss += FILL * shadow.g * smoothstep(-0.15, 0.5, dot(n, fill_from)) * WARM * 0.16 * lobe(second, to_fill, 10.0);
    gloss += RIM * shadow.b * smoothstep(-0.1, 0.5, dot(n, rim_from)) * (0.035 * lobe(first, to_rim, 30.0) + WARM * 0.10 * lobe(second, to_rim, 8.0));
    gl_FragColor = vec4(to_picture(colour + gloss * bright * (0.35 + 0.65 * open)), cover);
}
