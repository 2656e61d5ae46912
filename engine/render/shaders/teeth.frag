// rest: -1 to 1 across the tooth, mm from its cutting edge, 1 and its shade, mm of its crown.
uniform vec3 enamel;

void main() {
    vec3 n = normalize(facing), view = normalize(eye - at);
    float edge = rest.y, across = abs(rest.x), shade = fract(rest.z);
    float neck = clamp(edge / rest.w, 0.0, 1.2);  // 1 at the gum
    n = normalize(n + 0.018 * vec3(0.0, sin(edge * 7.0 + 2.0 * sin(rest.x * 3.0)), 0.0) + 0.02 * vec3(grain(vec3(rest.x * 3.0, edge, shade * 9.0)), 0.0, 0.0));
    vec3 colour = enamel * mix(vec3(0.90, 0.85, 0.76), vec3(1.06, 1.06, 1.06), shade);
    colour *= mix(vec3(1.0), vec3(0.97, 0.88, 0.70), smoothstep(0.45, 1.05, neck));  // dentine shows through at the neck
    // Towards the edge and the sides enamel stands alone: light goes through it.
    float thin = max(smoothstep(2.6, 0.3, edge), 0.5 * smoothstep(0.62, 1.0, across) * smoothstep(0.95, 0.5, neck));
    colour = mix(colour, colour * vec3(0.70, 0.755, 0.80), 0.85 * thin);
    float gap = smoothstep(1.05, 0.88, across), foot = smoothstep(1.12, 0.90, neck);
    vec3 hollow = mix(vec3(0.46, 0.32, 0.25), vec3(1.0), gap) * mix(vec3(0.66, 0.46, 0.40), vec3(1.0), foot);
    vec3 light = mouth_lit(n, vec3(0.42, 0.36, 0.30), vec3(0.90, 0.52, 0.44));
    vec3 result = colour * hollow * light + (mouth_wet(n, view, 110.0) + 0.6 * mouth_wet(n, view, 24.0)) * gap;
    gl_FragColor = vec4(to_picture(result), 0.95);
}
