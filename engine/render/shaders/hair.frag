varying vec3 at, strand, facing;
varying vec4 lock;
varying vec2 place;
uniform sampler2D strands_picture;
uniform float solid;  // 1: only what counts as opaque; 0: only what does not, softly

const float OPAQUE_FROM = 0.55;

void main() {
    bool single = lock.z < 1.5;
    vec3 painted = single ? vec3(0.6, 1.0 - smoothstep(0.2, 1.0, abs(place.x)), lock.x) : texture2D(strands_picture, place).rgb;
    float cover = painted.g;
    if (!single) cover *= begun(place, painted.b, lock.w);
    else cover *= lock.z * (1.0 - 0.6 * place.y) * smoothstep(0.0, 0.12, place.y) * 1.5;
    if (solid > 0.5 ? cover < OPAQUE_FROM : cover < 0.03 || (cover >= OPAQUE_FROM && lock.z < 2.5 && !single)) discard;
    cover = solid > 0.5 ? 1.0 : min(cover * 1.15, 1.0);
    vec3 n = normalize(facing);
    vec3 along = normalize(strand);
    vec3 view = normalize(eye - at);
    float tone = painted.r, name = painted.b;
    float opened = lock.y;
    vec3 colour = strand_colour(name, lock.x, tone) * along_strand(place.y, single || lock.w <= 0.0 ? 0.1 : lock.w);
    float shift = (lock.x - 0.5) * 0.05 + (name - 0.5) * 0.14;
    vec3 first = normalize(along + n * (shift - 0.10)), second = normalize(along + n * (shift + 0.14));
    float spark = 0.35 + 1.3 * tone;
    float seen = between(opened);
    vec3 result = lamp(KEY, key_from, colour, n, along, first, second, view, spark) * seen * (0.3 + 0.7 * key_reaches(at, n));
    result += lamp(FILL, fill_from, colour, n, along, first, second, view, spark) * seen;
    result += lamp(RIM, rim_from, colour, n, along, first, second, view, spark) * seen;
    result += ambient(n) * colour * (0.80 * opened);
    gl_FragColor = vec4(to_picture(result), cover);
}
