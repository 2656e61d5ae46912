varying vec3 at, lies;
varying vec4 across;  // side, coverage, shade, from root to tip
uniform vec3 ink;

// A hair shades by the angle between it and the light.
float lit_by(vec3 along, vec3 from) {
    float c = dot(along, from);
    return sqrt(max(1.0 - c * c, 0.0));
}

void main() {
    vec3 along = normalize(lies), view = normalize(eye - at);
    vec3 light = 0.6 * KEY * lit_by(along, key_from) + 0.6 * FILL * lit_by(along, fill_from) + ambient(view);
    float gloss = lit_by(along, normalize(key_from + view));
    gloss *= gloss; gloss *= gloss; gloss *= gloss; gloss *= gloss;
    vec3 colour = ink * across.z * light + KEY * 0.012 * gloss * gloss * across.w;
    float soft = 1.0 - smoothstep(0.35, 1.0, abs(across.x));
    gl_FragColor = vec4(to_picture(colour), min(1.0, across.y * soft * 1.5));
}
