varying vec2 at;
uniform vec3 middle, edge;
uniform float aspect, height, check, grainy;

void main() {
    float far = length(vec2(at.x * min(aspect, 1.6), at.y * 1.05 - 0.1));
    vec2 field = floor(vec2(at.x * aspect, at.y) * 0.5 / max(check, 1e-3));
    float share = check > 0.0 ? mod(field.x + field.y, 2.0) : smoothstep(0.0, 1.7, far);
    // Eight bits show rings in a gradient this soft.
    float grain = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715)))) - 0.5;
    gl_FragColor = vec4(mix(middle, edge, share) + grainy * grain / 255.0, 0.0);
}
