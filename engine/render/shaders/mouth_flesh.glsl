// What teeth and flesh in the mouth have in common. lit: what of key, fill and rim lamp, and of the light from all around, comes in.
varying vec3 at, facing, spot;  // spot: mm in the head's own frame
varying vec4 lit, rest;
uniform vec3 up;
uniform vec3 out_of_mouth;
uniform float bounce;  // share of the light that came in and meets another wall

float grain(vec3 p) {
    vec3 q = sin(p * 1.7 + 1.3 * sin(p.yzx * 1.1));
    return q.x * q.y + q.y * q.z + q.z * q.x;
}

// Light on a surface that scatters it: wraps round by `wrap`; `warm` is what walls of flesh give back.
vec3 mouth_lit(vec3 n, vec3 wrap, vec3 warm) {
    vec3 by_key = clamp((dot(n, key_from) + wrap) / (1.0 + wrap), 0.0, 1.0) * lit.x;
    vec3 by_fill = clamp((dot(n, fill_from) + wrap) / (1.0 + wrap), 0.0, 1.0) * lit.y;
    vec3 by_rim = clamp((dot(n, rim_from) + wrap) / (1.0 + wrap), 0.0, 1.0) * lit.z;
    vec3 first = KEY * by_key + FILL * by_fill + RIM * by_rim + ambient(n) * lit.w;
    vec3 back = (KEY * max(0.0, 0.3 + 0.5 * dot(key_from, out_of_mouth)) + FILL * 0.6 + ambient(out_of_mouth)) * bounce * (0.10 + 0.90 * min(1.0, 2.6 * lit.w));
    return first + back * warm;
}

// What saliva mirrors.
vec3 mouth_wet(vec3 n, vec3 view, float power) {
    float k = max(dot(n, normalize(key_from + view)), 0.0), f = max(dot(n, normalize(fill_from + view)), 0.0);
    float graze = 0.035 + 0.4 * sheen(clamp(dot(n, view), 0.0, 1.0));
    vec3 out_light = KEY * lit.x * pow(k, power) * power * 0.13 + FILL * lit.y * pow(f, power * 0.5) * power * 0.05;
    return (out_light + mirrored(reflect(-view, n), 0.35) * min(1.0, 1.3 * lit.w)) * graze;
}
