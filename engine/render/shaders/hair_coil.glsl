// Ringlets are painted on cards that turn about their axes to the viewer; looked at along the axis, a card keeps about as long as it is wide.
void face_viewer(inout vec3 at, inout vec3 strand, inout vec3 facing, vec3 view, float wide, vec2 corner) {
    vec3 across = cross(view, strand);
    float seen = length(across);
    across /= seen + 1e-4;
    at += across * (0.5 * wide * corner.x) + cross(across, view) * ((corner.y - 0.5) * wide * max(0.0, 1.0 - 2.4 * seen));
    // Light falls on the mass of them as on one surface, and a little round each.
    strand = normalize(vec3(0.0, -1.0, 0.2) - facing * dot(vec3(0.0, -1.0, 0.2), facing));
    facing = normalize(facing + 0.30 * corner.x * across);
}
