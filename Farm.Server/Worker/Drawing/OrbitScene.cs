using System.Numerics;

namespace Farm.Server.Worker.Drawing;

/// <summary>A planet with a ring and three moons, at one moment of a loop.</summary>
/// <param name="phase">The time in the loop, from 0 to 1; 1 equals 0.</param>
internal sealed class OrbitScene(float phase)
{
    private const float PlanetRadius = 1.5f;
    private const float RingInner = 1.95f;
    private const float RingOuter = 3.2f;

    private static readonly Vector3 ToSun = Vector3.Normalize(new(-0.75f, 0.5f, -0.55f));
    private static readonly Vector3 Axis = Vector3.Normalize(new(0.32f, 1, -0.18f));
    private static readonly Vector3 AxisX = Vector3.Normalize(Vector3.Cross(Axis, Vector3.UnitZ));
    private static readonly Vector3 AxisZ = Vector3.Cross(AxisX, Axis);

    private readonly float _turn = phase * MathF.Tau;
    private readonly Moon[] _moons =
    [
        Moon.At(phase, 3.75f, 0.26f, 2, 0.1f, 0.22f, new(0.95f, 0.62f, 0.42f)),
        Moon.At(phase, 4.5f, 0.34f, 1, 0.62f, -0.15f, new(0.55f, 0.78f, 0.92f)),
        Moon.At(phase, 2.55f, 0.13f, 3, 0.4f, 0.95f, new(0.92f, 0.9f, 0.78f)),
    ];

    /// <summary>The position of the camera.</summary>
    public Vector3 Camera => new(MathF.Sin(_turn) * 1.1f, 2.1f + MathF.Cos(_turn) * 0.25f, -8.2f);

    /// <summary>The light from a direction, in linear RGB.</summary>
    public Vector3 Look(Vector3 from, Vector3 direction)
    {
        var color = Sky(direction);
        var nearest = float.PositiveInfinity;
        if (Hit(from, direction, Vector3.Zero, PlanetRadius) is { } planet)
        {
            nearest = planet;
            color = Planet(from + direction * planet, direction);
        }
        else
        {
            color += Halo(from, direction);
        }
        foreach (var moon in _moons)
        {
            if (Hit(from, direction, moon.Center, moon.Radius) is not { } distance || distance >= nearest) continue;
            nearest = distance;
            color = moon.Shade(from + direction * distance, ToSun, Shadow(from + direction * distance));
        }
        return WithRing(color, from, direction, nearest);
    }

    private Vector3 Planet(Vector3 at, Vector3 direction)
    {
        var normal = at / PlanetRadius;
        var local = new Vector3(Vector3.Dot(normal, AxisX), Vector3.Dot(normal, Axis), Vector3.Dot(normal, AxisZ));
        var (sin, cos) = MathF.SinCos(_turn);
        var spun = new Vector3(local.X * cos - local.Z * sin, local.Y, local.X * sin + local.Z * cos);
        var swirl = Noise.Clouds(spun * new Vector3(2.2f, 5, 2.2f), 5);
        var band = 0.5f + 0.5f * MathF.Sin(local.Y * 11 + (swirl - 0.5f) * 5.5f);
        var surface = Vector3.Lerp(new(0.62f, 0.24f, 0.09f), new(0.95f, 0.74f, 0.47f), band);
        surface = Vector3.Lerp(surface, new(0.22f, 0.3f, 0.52f), MathF.Pow(MathF.Abs(local.Y), 3) * 0.85f);

        var light = MathF.Max(0, Vector3.Dot(normal, ToSun));
        light *= 1 - 0.7f * RingBetween(at, ToSun);
        var rim = MathF.Pow(1 + Vector3.Dot(normal, direction), 3);
        return surface * (light * 0.95f + 0.015f) + new Vector3(0.35f, 0.55f, 1) * (rim * (0.06f + light * 0.9f));
    }

    private static Vector3 Halo(Vector3 from, Vector3 direction)
    {
        var closest = from - direction * Vector3.Dot(from, direction);
        var height = closest.Length() - PlanetRadius;
        var lit = 0.5f + 0.5f * Vector3.Dot(Vector3.Normalize(closest), ToSun);
        return new Vector3(0.3f, 0.5f, 1) * (0.5f * lit * MathF.Exp(-height * 9));
    }

    private static Vector3 WithRing(Vector3 behind, Vector3 from, Vector3 direction, float nearest)
    {
        var distance = -Vector3.Dot(from, Axis) / Vector3.Dot(direction, Axis);
        if (!(distance > 0) || distance >= nearest) return behind;
        var at = from + direction * distance;
        var density = RingDensity(at.Length());
        if (density <= 0) return behind;
        var ice = Vector3.Lerp(new(0.75f, 0.62f, 0.5f), new(0.9f, 0.88f, 0.86f), Noise.Clouds(new(at.Length() * 9, 1, 1), 2));
        return Vector3.Lerp(behind, ice * (0.03f + 0.6f * Shadow(at)), density * 0.9f);
    }

    private static float RingBetween(Vector3 at, Vector3 direction)
    {
        var distance = -Vector3.Dot(at, Axis) / Vector3.Dot(direction, Axis);
        return distance > 0 ? RingDensity((at + direction * distance).Length()) : 0;
    }

    private static float RingDensity(float radius)
    {
        if (radius is < RingInner or > RingOuter) return 0;
        var edges = MathF.Min(1, MathF.Min(radius - RingInner, RingOuter - radius) * 8);
        var gap = MathF.Min(1, MathF.Abs(radius - 2.72f) * 14);
        return edges * gap * (0.25f + 0.75f * Noise.Clouds(new(radius * 14, 5, 5), 3));
    }

    /// <summary>1 in sunlight, 0 in the planet's shadow.</summary>
    private static float Shadow(Vector3 at)
    {
        var along = Vector3.Dot(at, ToSun);
        if (along > 0) return 1;
        var aside = (at - ToSun * along).Length();
        return Math.Clamp((aside - PlanetRadius) * 6 + 0.5f, 0, 1);
    }

    private Vector3 Sky(Vector3 direction)
    {
        var clouds = Noise.Clouds(direction * 3.1f + new Vector3(4, 0, 0), 4);
        var color = Vector3.Lerp(new(0.001f, 0.002f, 0.006f), new(0.004f, 0.003f, 0.012f), direction.Y * 0.5f + 0.5f)
            + new Vector3(0.07f, 0.018f, 0.09f) * MathF.Pow(clouds, 5) + new Vector3(0.006f, 0.03f, 0.06f) * MathF.Pow(1 - clouds, 4);
        var place = new Vector2(direction.X, direction.Y) / MathF.Max(0.2f, direction.Z) * 70;
        var (x, y) = ((int)MathF.Floor(place.X), (int)MathF.Floor(place.Y));
        var chance = Noise.Cell(x, y, 7);
        if (chance < 0.93f) return color;
        var star = new Vector2(x + 0.2f + 0.6f * Noise.Cell(x, y, 8), y + 0.2f + 0.6f * Noise.Cell(x, y, 9));
        var twinkle = 0.75f + 0.25f * MathF.Sin(_turn * 3 + chance * 900);
        var glow = MathF.Exp(-Vector2.DistanceSquared(place, star) * 90) * twinkle * (chance - 0.93f) * 22;
        return color + Vector3.Lerp(new(1, 0.85f, 0.7f), new(0.75f, 0.85f, 1), Noise.Cell(x, y, 10)) * glow;
    }

    private static float? Hit(Vector3 from, Vector3 direction, Vector3 center, float radius)
    {
        var toCenter = center - from;
        var along = Vector3.Dot(toCenter, direction);
        var inside = radius * radius - (toCenter.LengthSquared() - along * along);
        if (inside < 0 || along < 0) return null;
        return along - MathF.Sqrt(inside);
    }

    private readonly record struct Moon(Vector3 Center, float Radius, Vector3 Color)
    {
        public static Moon At(float phase, float orbit, float radius, int rounds, float start, float incline, Vector3 color)
        {
            var (sin, cos) = MathF.SinCos((phase * rounds + start) * MathF.Tau);
            var level = AxisX * (cos * orbit) + AxisZ * (sin * orbit);
            return new Moon(level + Axis * (incline * cos * orbit * 0.5f), radius, color);
        }

        public Vector3 Shade(Vector3 at, Vector3 toSun, float shadow)
        {
            var normal = (at - Center) / Radius;
            var light = MathF.Max(0, Vector3.Dot(normal, toSun)) * shadow;
            return Color * (0.6f + 0.5f * Noise.Clouds(normal * 5, 3)) * (light * 1.4f + 0.02f);
        }
    }
}
