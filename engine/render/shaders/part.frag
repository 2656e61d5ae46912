varying vec3 world, facing, tint;

void main() {
    vec3 n = normalize(facing);
    float light = 0.3 + 0.75 * max(0.0, dot(n, normalize(vec3(0.4, 0.5, 0.8))));
    gl_FragColor = vec4(tint * light, 1.0);
}
