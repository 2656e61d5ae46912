// The inside of the mouth and the tongue; lit.a: how much light comes in there.
varying vec3 at, facing;
varying vec4 lit, rest;
varying vec2 place;
uniform vec3 flesh;
uniform float bumps;

void main() {
    vec3 n = normalize(facing);
    if (bumps > 0.0) {
        vec3 p = rest.xyz * 1000.0;
        float groove = exp(-p.x * p.x * 0.25);
        n = normalize(n + bumps * vec3(sin(p.x * 2.6 + 1.7 * sin(p.z * 1.5)) , 0.0, sin(p.z * 2.9 + 1.3 * sin(p.x * 1.9))) - vec3(sign(p.x) * groove * 0.25, 0.0, 0.0));
    }
    vec3 view = normalize(eye - at);
    float open = clamp(lit.a, 0.0, 1.0);
    vec3 light = KEY * clamp(0.35 + 0.65 * dot(n, key_from), 0.0, 1.0) + FILL * clamp(0.4 + 0.6 * dot(n, fill_from), 0.0, 1.0) + ambient(n);
    float shine = pow(clamp(dot(n, normalize(key_from + view)), 0.0, 1.0), 48.0) + 0.3 * pow(clamp(dot(n, normalize(fill_from + view)), 0.0, 1.0), 30.0);
    vec3 colour = flesh * light * mix(vec3(open * open), vec3(open), vec3(1.0, 0.6, 0.6)) + vec3(0.5) * shine * open * open;
    gl_FragColor = vec4(to_picture(colour), 0.75);
}
