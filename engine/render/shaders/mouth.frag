// The inside of the mouth, the tongue and the gums. rest: of the tongue its place at rest, metres; of a gum see teeth.frag.
uniform vec3 flesh;
uniform float kind;  // 0 wall, 1 tongue, 2 gum

void main() {
    vec3 n = normalize(facing), view = normalize(eye - at);
    vec3 colour = flesh;
    float power = 42.0;
    if (kind > 1.5) {
        vec3 p = vec3(rest.x * 4.0, rest.y, rest.w * 6.0);
        n = normalize(n + 0.10 * vec3(grain(p * 2.9), grain(p.zxy * 3.1), grain(p.yzx * 2.7)));  // stippled
        colour *= mix(vec3(1.12, 0.92, 0.86), vec3(0.92, 0.80, 0.80), smoothstep(0.05, 0.9, rest.w));
        colour *= 0.82 + 0.18 * smoothstep(0.0, 0.25, rest.w);
        power = 60.0;
    } else if (kind > 0.5) {
        vec3 p = rest.xyz * 1000.0;
        float groove = exp(-p.x * p.x * 0.16) * smoothstep(9.0, -4.0, p.z);
        vec3 fine = vec3(grain(p * 3.7 + grain(p * 0.9)), 0.0, grain(p.zxy * 4.1 + grain(p * 1.1)));
        n = normalize(n + 0.075 * fine + vec3(sign(p.x) * groove * -0.22, 0.0, 0.0));
        float coat = smoothstep(2.0, -28.0, p.z) * smoothstep(0.1, 0.7, dot(normalize(facing), up));
        colour = mix(colour, vec3(0.50, 0.29, 0.255), 0.45 * coat);  // paler, rougher towards the back
        colour *= 0.90 + 0.10 * clamp(0.5 + 0.5 * grain(p * 1.3), 0.0, 1.0) - 0.12 * groove;
        power = mix(46.0, 22.0, coat);
    } else {
        // Walls and palate, which has ridges in front and goes over into the throat.
        float palate = smoothstep(-0.2, -0.7, dot(n, up)) * smoothstep(-20.0, 5.0, spot.z);
        float ridge = cos(spot.z * 1.15 + 0.10 * abs(spot.x) + 0.8 * sin(spot.x * 0.35));
        n = normalize(n + 0.22 * palate * ridge * normalize(cross(vec3(1.0, 0.0, 0.0), n)) + 0.04 * vec3(grain(spot * 0.7), grain(spot.yzx * 0.64), 0.0));
        vec2 throat = vec2(spot.x, spot.y + 66.0) / vec2(11.0, 13.0);
        colour *= (1.0 - 0.72 * exp(-dot(throat, throat)) * smoothstep(-38.0, -54.0, spot.z)) * (0.96 + 0.035 * grain(spot * 0.19));
        colour = mix(colour, vec3(0.50, 0.235, 0.205), 0.6 * palate);
    }
    vec3 light = mouth_lit(n, vec3(0.35, 0.16, 0.14), vec3(0.95, 0.46, 0.41));
    gl_FragColor = vec4(to_picture(colour * light + mouth_wet(n, view, power)), 0.75);
}
