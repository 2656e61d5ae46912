varying vec3 diffuse, white, tinted;
varying vec4 lock;
varying vec2 place;
uniform sampler2D strands_picture;
uniform float solid;  // 1: only what counts as opaque; 0: only what does not, softly

const float OPAQUE_FROM = 0.55;

void main() {
    bool single = lock.z < 1.5;
    vec3 painted = texture2D(strands_picture, place).rgb;
    if (single) painted = vec3(0.6, (1.0 - smoothstep(0.2, 1.0, abs(place.x))) * lock.z * (1.0 - 0.6 * place.y) * smoothstep(0.0, 0.12, place.y) * 1.5, lock.x);
    else painted.g *= begun(place, painted.b, lock.w);
    float cover = painted.g;
    if (solid > 0.5 ? cover < OPAQUE_FROM : cover < 0.03 || (cover >= OPAQUE_FROM && lock.z < 2.5 && !single)) discard;
#ifdef FINE
    float spark = 0.35 + 1.3 * painted.r;
    vec3 colour = strand_colour(painted.b, lock.x, painted.r) * (mix(0.62, 1.0, smoothstep(0.0, 0.30, place.y)) + 0.12 * smoothstep(0.5, 1.0, place.y));
    vec3 result = to_picture(colour * (diffuse + 0.42 * spark * tinted) + sqrt(colour) * (0.075 * spark * tinted) + white * (0.5 + spark * 0.5));
#else
    vec3 result = diffuse * (0.66 + 0.66 * painted.r);
#endif
    gl_FragColor = vec4(result, solid > 0.5 ? 1.0 : min(cover * 1.15, 1.0));
}
