varying vec3 lit, white;
varying vec4 hair;

void main() {
    float cover = (1.0 - smoothstep(0.25, 1.0, abs(hair.x))) * min(1.0, hair.w * 1.5);
    cover *= (1.0 - 0.55 * hair.y * hair.y) * (0.55 + 0.45 * smoothstep(0.0, 0.15, hair.y));
    if (cover < 0.02) discard;
    vec3 colour = strand_colour(hair.z, hair.z, 0.35 + 0.4 * fract(hair.z * 7.3)) * 1.2;
    gl_FragColor = vec4(to_picture(colour * lit + sqrt(colour) * white), cover);
}
