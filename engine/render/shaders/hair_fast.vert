// As hair.vert, with the light worked out here instead of at every pixel; without FINE the picture's colour too, of strands in the middle.
attribute vec3 position, along, normal;
attribute vec2 uv;
attribute vec4 extra;
uniform mat4 transform;
uniform mat3 head;
uniform vec3 offset;
uniform float pixel;
varying vec3 diffuse, white, tinted;
varying vec4 lock;  // seed, openness, single hair's coverage (2 for ribbons, 3 for those drawn softly all over), share over which hairs begin
varying vec2 place;

void shine(vec3 light, vec3 from, vec3 n, vec3 along, vec3 view) {
    float facing = dot(n, from), run = dot(along, from);
    float lit = smoothstep(-0.15, 0.55, facing) * gloss;
    vec3 half_way = normalize(from + view);
    float shift = (extra.x - 0.5) * 0.05;
    diffuse += light * (clamp((facing + 0.25) / 1.25, 0.0, 1.0) * (0.25 + 0.75 * sqrt(max(1.0 - run * run, 0.0))) * 0.58);
    white += light * (lit * 0.050 * lobe(normalize(along + n * (shift - 0.10)), half_way, 70.0));
    tinted += light * (lit * lobe(normalize(along + n * (shift + 0.14)), half_way, 18.0));
    float through = clamp(-dot(view, from), 0.0, 1.0), thin = 1.0 - clamp(dot(n, view), 0.0, 1.0);
    white += light * sqrt(base) * (0.40 * through * through * thin * thin * clamp(0.6 + facing, 0.0, 1.0));
}

void main() {
    vec3 at = mix(head * position + offset, position, extra.z);
    vec3 strand = normalize(mix(head * along, along, extra.z));
    vec3 n = normalize(mix(head * normal, normal, extra.z));
    vec3 view = eye - at;
    float away = length(view);
    view /= away;
    lock = vec4(extra.xy, extra.w <= -1.0 ? 3.0 : 2.0, extra.w <= -1.0 ? -1.0 - extra.w : max(-extra.w, 0.0));
    if (extra.w > 0.0) {
        float wide = 0.5 * extra.w * (1.0 - 0.75 * uv.y * uv.y);
        float drawn = max(wide, 0.70 * pixel * away);
        at += normalize(cross(view, strand) + vec3(1e-9)) * uv.x * drawn;
        lock.z = min(1.0, wide / drawn);
    }
    diffuse = white = tinted = vec3(0.0);
    shine(KEY, key_from, n, strand, view);
    shine(FILL, fill_from, n, strand, view);
    shine(RIM, rim_from, n, strand, view);
    float seen = between(extra.y);
    diffuse = diffuse * seen + ambient(n) * (0.80 * extra.y);
    white *= seen;
    tinted *= seen;
#ifndef FINE
    vec3 colour = strand_colour(0.5, extra.x, 0.5) * (mix(0.62, 1.0, smoothstep(0.0, 0.30, uv.y)) + 0.12 * smoothstep(0.5, 1.0, uv.y));
    diffuse = to_picture(colour * (diffuse + 0.42 * tinted) + sqrt(colour) * (0.075 * tinted) + white);
#endif
    place = uv;
    gl_Position = transform * vec4(at, 1.0);
}
