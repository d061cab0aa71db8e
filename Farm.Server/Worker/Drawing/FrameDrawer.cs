using System.Numerics;

namespace Farm.Server.Worker.Drawing;

/// <summary>Draws the sample animation's frames.</summary>
internal static class FrameDrawer
{
    /// <summary>Rays for each pixel and direction; four rays a pixel make smooth edges.</summary>
    private const int Rays = 2;

    private const float Zoom = 2.4f;

    /// <summary>Draws one frame.</summary>
    /// <param name="phase">The time in the loop, from 0 to 1.</param>
    /// <returns>Three bytes (red, green, blue) for each pixel, row by row from the top left.</returns>
    public static byte[] Draw(int width, int height, float phase)
    {
        var scene = new OrbitScene(phase);
        var camera = scene.Camera;
        var forward = Vector3.Normalize(-camera);
        var right = Vector3.Normalize(Vector3.Cross(Vector3.UnitY, forward));
        var up = Vector3.Cross(forward, right);
        var rgb = new byte[width * height * 3];
        Parallel.For(0, height, row =>
        {
            for (var column = 0; column < width; column++)
            {
                var light = Vector3.Zero;
                for (var ray = 0; ray < Rays * Rays; ray++)
                {
                    var x = (column + (ray % Rays + 0.5f) / Rays - width * 0.5f) / height * 2;
                    var y = (height * 0.5f - row - (ray / Rays + 0.5f) / Rays) / height * 2;
                    light += ToneMapped(scene.Look(camera, Vector3.Normalize(forward * Zoom + right * x + up * y)));
                }
                var pixel = (row * width + column) * 3;
                light *= 255f / (Rays * Rays);
                // Dithering against banding.
                var dither = Noise.Cell(column, row, 3);
                rgb[pixel] = (byte)(light.X * 0.996f + dither);
                rgb[pixel + 1] = (byte)(light.Y * 0.996f + dither);
                rgb[pixel + 2] = (byte)(light.Z * 0.996f + dither);
            }
        });
        return rgb;
    }

    private static Vector3 ToneMapped(Vector3 light) => new(ToneMapped(light.X), ToneMapped(light.Y), ToneMapped(light.Z));

    private static float ToneMapped(float light) => MathF.Pow(1 - MathF.Exp(-1.5f * light), 1 / 2.2f);
}
