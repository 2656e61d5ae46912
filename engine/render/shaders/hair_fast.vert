// As hair.vert, with the picture's colour worked out here instead of at every pixel: of the strands in the middle, and how it differs with tone and name.
attribute vec3 position, along, normal;
attribute vec2 uv;
attribute vec4 extra;
uniform mat4 transform;
uniform mat3 head;
uniform vec3 offset;
uniform float pixel;
varying vec3 shown;  // as in the picture: of dark hairs
#ifdef FINE
varying vec3 lighter, other;  // what lighter hairs have more, and hairs of the last name than those of the first
#endif
varying vec4 lock;  // coverage of a single hair (2 for ribbons, 3 for those drawn softly all over), seed, share over which hairs begin, one by a third of it
varying vec3 place;  // in the strand picture; across the ribbon, -1 to 1
vec3 diffuse, white, tinted;

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

// Of a strand with this name and tone; its tone is also how much it gleams.
vec3 picture_of(float name, float tone, float along) {
    vec3 colour = strand_colour(name, extra.x, tone) * along;
    float spark = 0.35 + 1.3 * tone;
    return to_picture(colour * (diffuse + 0.42 * spark * tinted) + sqrt(colour) * (0.075 * spark * tinted) + white * (0.5 + 0.5 * spark));
}

void main() {
    vec3 at = mix(head * position + offset, position, extra.z);
    vec3 strand = normalize(mix(head * along, along, extra.z));
    vec3 n = normalize(mix(head * normal, normal, extra.z));
    vec3 view = eye - at;
    float away = length(view);
    view /= away;
    float begin = max(extra.w <= -1.0 ? -1.0 - extra.w : -extra.w, 0.0);
    lock = vec4(extra.w <= -1.0 ? 3.0 : 2.0, extra.x, begin, 1.0 / (0.3 * begin + 1e-4));
    place = vec3(uv, 2.0 * fract(8.0 * uv.x) - 1.0);
    if (extra.w > 1.0) {
        face_viewer(at, strand, n, view, extra.w - 1.0, vec2(place.z, uv.y));
    } else if (extra.w > 0.0) {
        float wide = 0.5 * extra.w * (1.0 - 0.75 * uv.y * uv.y);
        float drawn = max(wide, 0.70 * pixel * away);
        at += normalize(cross(view, strand) + vec3(1e-9)) * uv.x * drawn;
        lock.x = min(1.0, wide / drawn) * (1.5 - 0.9 * uv.y) * smoothstep(0.0, 0.12, uv.y);
        place.z = uv.x;
    }
    diffuse = white = tinted = vec3(0.0);
    shine(KEY, key_from, n, strand, view);
    shine(FILL, fill_from, n, strand, view);
    shine(RIM, rim_from, n, strand, view);
    float seen = between(extra.y);
    diffuse = diffuse * seen + ambient(n) * (0.80 * extra.y);
    white *= seen;
    tinted *= seen;
    float run = along_strand(uv.y, extra.w > 0.0 ? 0.1 : begin);
#ifdef FINE
    shown = picture_of(0.5, 0.2, run);
    lighter = picture_of(0.5, 0.8, run) - shown;
    other = picture_of(0.9, 0.5, run) - picture_of(0.1, 0.5, run);
    shown -= 0.2 / 0.6 * lighter + 0.5 / 0.8 * other;
    lighter /= 0.6;
    other /= 0.8;
#else
    shown = picture_of(0.5, 0.5, run);
#endif
    gl_Position = transform * vec4(at, 1.0);
}
