// Single hairs, and of ribbons what hair_solid.frag leaves out.
varying vec3 shown;
#ifdef FINE
varying vec3 lighter, other;
#endif
varying vec4 lock;
varying vec3 place;
uniform sampler2D strands_picture;

const float OPAQUE_FROM = 0.55;

void main() {
    bool single = lock.x < 1.5;
    vec3 painted = texture2D(strands_picture, place.xy).rgb;
    float from = 0.6 * lock.z * (0.10 + 0.45 * fract(painted.b * 7.31) + 0.45 * place.z * place.z);
    painted.g *= clamp((place.y - from) * lock.w, 0.0, 1.0);
    if (single) painted = vec3(0.6, lock.x * (1.0 - smoothstep(0.2, 1.0, abs(place.z))), lock.y);
    if (painted.g < 0.03 || (painted.g >= OPAQUE_FROM && lock.x < 2.5 && !single)) discard;
#ifdef FINE
    vec3 result = shown + painted.r * lighter + painted.b * other;
#else
    vec3 result = shown * (0.66 + 0.66 * painted.r);
#endif
    gl_FragColor = vec4(result, min(painted.g * 1.15, 1.0));
}
