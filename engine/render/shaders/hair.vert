// Ribbons of painted strands, and single hairs that face the viewer; thinner than a pixel these become paler, not thinner.
// Rigid with the head, but for the share that lies on the chest.
attribute vec3 position, along, normal;
attribute vec2 uv;  // in the strand picture, 0 at the root to 1 at the tip; of single hairs the side, -1 or 1
attribute vec4 extra;  // of the lock: seed; of the place: how open it lies, share of the chest; width of single hairs, metres, of coils, 1 more; of ribbons minus the share of their length over which hairs begin, and 1 less where drawn softly all over
uniform mat4 transform;
uniform mat3 head;
uniform vec3 offset, eye;
uniform float pixel;  // a pixel's size at one metre, metres
varying vec3 at, strand, facing;
varying vec4 lock;  // seed, openness, single hair's coverage (2 for ribbons, 3 for those drawn softly all over), share over which hairs begin
varying vec2 place;

void main() {
    vec3 on_head = head * position + offset;
    at = mix(on_head, position, extra.z);
    strand = mix(head * along, along, extra.z);
    facing = mix(head * normal, normal, extra.z);
    lock = vec4(extra.xy, extra.w <= -1.0 ? 3.0 : 2.0, extra.w <= -1.0 ? -1.0 - extra.w : max(-extra.w, 0.0));
    if (extra.w > 1.0) {
        strand = normalize(strand);
        facing = normalize(facing);
        face_viewer(at, strand, facing, normalize(eye - at), extra.w - 1.0, vec2(2.0 * fract(8.0 * uv.x) - 1.0, uv.y));
    } else if (extra.w > 0.0) {
        vec3 view = eye - at;
        float away = length(view);
        float wide = 0.5 * extra.w * (1.0 - 0.75 * uv.y * uv.y);
        float drawn = max(wide, 0.70 * pixel * away);
        at += normalize(cross(view, strand) + vec3(1e-9)) * uv.x * drawn;
        lock.z = min(1.0, wide / drawn);
    }
    place = uv;
    gl_Position = transform * vec4(at, 1.0);
}
