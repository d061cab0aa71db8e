using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Farm.Server.Worker.Drawing;
using Farm.Tests.Operations.Images.Inspection;

namespace Farm.Tests.Worker.Drawing;

public sealed class FramePngTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(64, 36)]
    public void A_frame_round_trips(int width, int height)
    {
        var rgb = new byte[width * height * 3];
        new Random(5).NextBytes(rgb);
        Assert.Equal(rgb, Decode(Write(width, height, rgb), width, height));
    }

    [Fact]
    public void A_smooth_frame_round_trips_and_is_compressed()
    {
        var rgb = FrameDrawer.Draw(96, 54, 0.3f);
        var png = Write(96, 54, rgb);
        Assert.Equal(rgb, Decode(png, 96, 54));
        Assert.True(png.Length < rgb.Length);
    }

    [Fact]
    public void Bytes_that_do_not_match_the_size_are_rejected()
    {
        Assert.Throws<ArgumentException>(() => FramePng.Write(Stream.Null, 2, 2, new byte[11]));
        Assert.Throws<ArgumentException>(() => FramePng.Write(Stream.Null, 2, 2, new byte[13]));
    }

    private static byte[] Write(int width, int height, byte[] rgb)
    {
        using var stream = new MemoryStream();
        FramePng.Write(stream, width, height, rgb);
        return stream.ToArray();
    }

    /// <summary>Decodes a PNG by its specification, including checksums.</summary>
    private static byte[] Decode(byte[] png, int width, int height)
    {
        Assert.Equal(SampleImages.PngSignature, png[..8]);
        var chunks = new List<(string Type, byte[] Content)>();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var (type, content) = (Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]);
            Assert.Equal(SampleImages.Chunk(type, content), png[at..(at + 12 + length)]);
            chunks.Add((type, content));
            at += 12 + length;
        }
        Assert.Equal(["IHDR", "IDAT", "IEND"], chunks.Select(chunk => chunk.Type).Distinct());
        Assert.Equal(SampleImages.Header(width, height, depth: 8, colour: 2), SampleImages.Chunk("IHDR", chunks[0].Content));

        var data = chunks.Where(chunk => chunk.Type == "IDAT").SelectMany(chunk => chunk.Content).ToArray();
        using var zlib = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
        using var raw = new MemoryStream();
        zlib.CopyTo(raw);
        Assert.Equal((width * 3 + 1) * height, raw.Length);
        return Unfilter(raw.ToArray(), width * 3, height);
    }

    private static byte[] Unfilter(byte[] raw, int stride, int height)
    {
        var rgb = new byte[stride * height];
        for (var row = 0; row < height; row++)
        {
            for (var i = 0; i < stride; i++)
            {
                int left = i >= 3 ? rgb[row * stride + i - 3] : 0;
                int up = row > 0 ? rgb[(row - 1) * stride + i] : 0;
                int upLeft = i >= 3 && row > 0 ? rgb[(row - 1) * stride + i - 3] : 0;
                var nearest = new[] { left, up, upLeft }.MinBy(value => Math.Abs(left + up - upLeft - value));
                var predicted = raw[row * (stride + 1)] switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, _ => nearest };
                rgb[row * stride + i] = (byte)(raw[row * (stride + 1) + 1 + i] + predicted);
            }
        }
        return rgb;
    }
}
