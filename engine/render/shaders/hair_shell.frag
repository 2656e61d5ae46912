varying vec3 at, facing;
varying vec2 place;
uniform sampler2D scalp_picture;
uniform float cover;

void main() {
    vec2 painted = texture2D(scalp_picture, place).rg;
    float covered = painted.r * cover;
    if (covered < 0.01) discard;
    vec3 n = normalize(facing);
    vec3 colour = strand_colour(painted.g, 0.3, painted.g * 0.6) * (0.55 + 0.45 * pale());
    vec3 light = KEY * clamp((dot(n, key_from) + 0.2) / 1.2, 0.0, 1.0) + FILL * clamp(dot(n, fill_from), 0.0, 1.0) + RIM * 0.5 * clamp(dot(n, rim_from), 0.0, 1.0);
    gl_FragColor = vec4(to_picture(colour * (light + ambient(n)) * (0.6 + 1.4 * (between(0.25) - 0.25))), covered);
}
