varying vec3 at, strand, facing;
varying vec4 hair;

void main() {
    float cover = (1.0 - smoothstep(0.25, 1.0, abs(hair.x))) * min(1.0, hair.w * 1.5);
    cover *= (1.0 - 0.55 * hair.y * hair.y) * (0.55 + 0.45 * smoothstep(0.0, 0.15, hair.y));
    if (cover < 0.02) discard;
    vec3 n = normalize(facing), along = normalize(strand), view = normalize(eye - at);
    vec3 colour = strand_colour(hair.z, hair.z, 0.35 + 0.4 * fract(hair.z * 7.3)) * 1.2;
    vec3 first = normalize(along - n * 0.10), second = normalize(along + n * 0.14);
    float open = 0.5 + 0.5 * hair.y;
    vec3 result = lamp(KEY, key_from, colour, n, along, first, second, view, 0.5) + lamp(FILL, fill_from, colour, n, along, first, second, view, 0.5);
    result = (result + lamp(RIM, rim_from, colour, n, along, first, second, view, 0.5) + ambient(n) * colour) * open;
    gl_FragColor = vec4(to_picture(result), cover);
}
