using System.Numerics;

namespace Farm.Server.Worker.Drawing;

/// <summary>Deterministic smooth noise.</summary>
internal static class Noise
{
    /// <summary>Noise of several octaves, from 0 to 1.</summary>
    public static float Clouds(Vector3 at, int layers)
    {
        float sum = 0, weight = 0.5f, total = 0;
        for (var layer = 0; layer < layers; layer++)
        {
            sum += weight * Smooth(at);
            total += weight;
            weight *= 0.5f;
            at = at * 2.03f + new Vector3(17.1f, 3.7f, 9.2f);
        }
        return sum / total;
    }

    /// <summary>A random value of a cell, from 0 to 1.</summary>
    public static float Cell(int x, int y, int z)
    {
        var hash = (uint)(x * 374761393 + y * 668265263 + z * 1274126177);
        hash = (hash ^ (hash >> 13)) * 1274126177;
        hash ^= hash >> 16;
        return hash / (float)uint.MaxValue;
    }

    private static float Smooth(Vector3 at)
    {
        var (x, y, z) = ((int)MathF.Floor(at.X), (int)MathF.Floor(at.Y), (int)MathF.Floor(at.Z));
        var (u, v, w) = (Ease(at.X - x), Ease(at.Y - y), Ease(at.Z - z));
        return Mix(
            Mix(Mix(Cell(x, y, z), Cell(x + 1, y, z), u), Mix(Cell(x, y + 1, z), Cell(x + 1, y + 1, z), u), v),
            Mix(Mix(Cell(x, y, z + 1), Cell(x + 1, y, z + 1), u), Mix(Cell(x, y + 1, z + 1), Cell(x + 1, y + 1, z + 1), u), v),
            w);
    }

    private static float Ease(float t) => t * t * (3 - 2 * t);

    private static float Mix(float a, float b, float t) => a + (b - a) * t;
}
