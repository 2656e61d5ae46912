// Tears stand hollow between lid and eyeball: somewhere across them they mirror whatever there is to mirror.
varying vec3 at, facing;
varying vec2 place;
uniform float wet;
uniform vec3 key_middle;

float lobe(vec3 n, vec3 view, vec3 from, float power) {
    return pow(max(dot(n, normalize(from + view)), 0.0), power);
}

void main() {
    vec3 n = normalize(facing), view = normalize(eye - at);
    float front = clamp(dot(n, view), 0.0, 1.0), lump = step(place.x, -0.5);
    float ends = smoothstep(0.0, 0.12, place.x) * smoothstep(1.0, 0.86, place.x);
    float edge = smoothstep(0.0, 0.2, place.y) * smoothstep(1.0, 0.7, place.y);
    float reach = key_reaches(at + key_from * 0.008, n);
    vec3 wrap = vec3(0.45, 0.25, 0.22);
    vec3 light = KEY * reach * clamp((dot(n, key_from) + wrap) / (1.0 + wrap), 0.0, 1.0) + FILL * clamp(0.4 + 0.6 * dot(n, fill_from), 0.0, 1.0) + ambient(n);
    vec3 mirror = mirrored(reflect(-view, n), 0.3) * (0.03 + 0.7 * sheen(front));
    vec3 shine = KEY * reach * (0.55 * lobe(n, view, key_middle, 70.0) + 0.10 * lobe(n, view, key_middle, 14.0)) + FILL * 0.5 * lobe(n, view, fill_from, 40.0);
    shine = (shine + mirror) * (0.35 + 1.1 * wet);
    float bright = dot(shine, vec3(0.3, 0.5, 0.2));
    vec3 flesh = vec3(0.42, 0.135, 0.115) * light * 0.5 + 0.28 * shine;
    float fleshy = smoothstep(0.10, 0.95, front) * 0.66;
    float drop = min(1.0, 0.10 + 1.5 * bright) * ends * edge;
    vec3 tear = vec3(0.34, 0.20, 0.18) * light * 0.5 + shine * 1.4;
    gl_FragColor = vec4(to_picture(mix(tear, flesh, lump)), mix(drop, fleshy, lump));
}
