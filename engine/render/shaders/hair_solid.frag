// Ribbons, only what counts as opaque.
varying vec3 shown;
#ifdef FINE
varying vec3 lighter, other;
#endif
varying vec4 lock;
varying vec3 place;
uniform sampler2D strands_picture;

const float OPAQUE_FROM = 0.55;

void main() {
    vec3 painted = texture2D(strands_picture, place.xy).rgb;
    float from = 0.6 * lock.z * (0.10 + 0.45 * fract(painted.b * 7.31) + 0.45 * place.z * place.z);
    if (painted.g * clamp((place.y - from) * lock.w, 0.0, 1.0) < OPAQUE_FROM) discard;
#ifdef FINE
    vec3 result = shown + painted.r * lighter + painted.b * other;
#else
    vec3 result = shown * (0.66 + 0.66 * painted.r);
#endif
    gl_FragColor = vec4(result, 1.0);
}
