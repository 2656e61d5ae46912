// rest: mm along the arch from the middle, 0 at the gum's top to 1 at the cutting edge, mm of that, 1 upper or -1 lower jaw.
varying vec3 at, facing;
varying vec4 lit, rest;
varying vec2 place;
uniform vec3 up;

const vec3 ENAMEL = vec3(0.82, 0.755, 0.655), GUM = vec3(0.46, 0.165, 0.155);

// Centre and half width of the tooth at this place of the arch, mm.
vec2 tooth(float a, float jaw) {
    vec4 ends = jaw > 0.0 ? vec4(8.2, 14.6, 22.0, 28.6) : vec4(5.3, 11.0, 17.8, 24.6);
    float last = jaw > 0.0 ? 35.0 : 31.2;
    if (a < ends.x) return vec2(0.5 * ends.x, 0.5 * ends.x);
    if (a < ends.y) return 0.5 * vec2(ends.x + ends.y, ends.y - ends.x);
    if (a < ends.z) return 0.5 * vec2(ends.y + ends.z, ends.z - ends.y);
    if (a < ends.w) return 0.5 * vec2(ends.z + ends.w, ends.w - ends.z);
    if (a < last) return 0.5 * vec2(ends.w + last, last - ends.w);
    return vec2(last + 5.0, 5.0);
}

void main() {
    float a = abs(rest.x);
    vec2 own = tooth(a, rest.w);
    float t = (a - own.x) / own.y;  // -1 to 1 across the tooth
    float gap = (1.0 - abs(t)) * own.y;  // mm to its neighbour
    float edge = (1.0 - rest.y) * rest.z;  // mm to the cutting edge
    float crown = rest.z * 0.53 * (rest.w > 0.0 ? 1.0 : 0.92);
    float to_gum = crown * (1.0 - 0.16 * t * t * t * t) - edge - 0.8 * t * t;
    // Corners are round: between two teeth the edge runs up a little.
    float corner = edge - 0.9 * smoothstep(0.55, 1.0, abs(t)) * (1.0 - smoothstep(15.0, 26.0, a));
    if (corner < 0.0 && rest.y <= 1.0) discard;
    vec3 n = normalize(facing);
    vec3 across = normalize(cross(up, n) + vec3(1e-5)) * sign(rest.x + 1e-6);
    float gum = smoothstep(0.15, -0.35, to_gum);
    n = normalize(n + across * t * abs(t) * 0.75 * (1.0 - gum) + up * (0.25 * smoothstep(1.5, 0.0, edge) * -rest.w));
    vec3 view = normalize(eye - at);
    float open = clamp(lit.a, 0.0, 1.0);
    open = min(1.0, sqrt(open) * (0.75 + 0.45 * open));
    vec3 colour = ENAMEL * mix(vec3(1.0), vec3(0.93, 0.96, 1.02), smoothstep(2.5, 0.3, edge)) * mix(vec3(1.0), vec3(1.0, 0.95, 0.88), smoothstep(3.0, 0.0, to_gum));
    colour *= mix(vec3(1.0), vec3(0.97, 0.92, 0.84), smoothstep(14.0, 24.0, a));
    colour *= mix(vec3(0.55, 0.42, 0.35), vec3(1.0), smoothstep(0.02, 0.45, gap));
    colour = mix(colour, GUM * (0.75 + 0.25 * smoothstep(0.0, -2.5, to_gum)), gum);
    colour *= mix(0.72, 1.0, smoothstep(0.0, 0.5, abs(to_gum)));
    vec3 light = KEY * clamp(0.28 + 0.72 * dot(n, key_from), 0.0, 1.0) + FILL * clamp(0.35 + 0.65 * dot(n, fill_from), 0.0, 1.0) + ambient(n);
    float shine = pow(clamp(dot(n, normalize(key_from + view)), 0.0, 1.0), 70.0);
    vec3 result = colour * light * 0.92 * mix(vec3(open * open), vec3(open), vec3(0.9, 0.72, 0.66)) + vec3(0.75) * shine * open * open;
    gl_FragColor = vec4(to_picture(result), 0.95);
}
