namespace Farm.Tests.Operations.Images.Inspection;

/// <summary>JPEGs made from scratch, of one colour with any number of components and scans.</summary>
internal static class SampleJpeg
{
    public const byte Sequential = 0xC0;
    public const byte Progressive = 0xC2;

    /// <summary>Creates a JPEG.</summary>
    /// <param name="values">The value of each component.</param>
    /// <param name="frame">The frame type: <see cref="Sequential"/> or <see cref="Progressive"/>.</param>
    /// <param name="scans">The components of each scan; null for one scan with all of them.</param>
    /// <param name="segments">Segments after the start of the image.</param>
    /// <param name="sampling">The sampling factors of each component, four bits each.</param>
    /// <param name="isCutShort">Whether the data ends after the first block of each scan, with all markers present.</param>
    public static byte[] Make(
        int width, int height, byte[] values, byte frame = Sequential, int[][]? scans = null, byte[]? segments = null, byte[]? sampling = null,
        bool isCutShort = false)
    {
        var all = Enumerable.Range(0, values.Length).ToArray();
        var components = all.SelectMany(i => new byte[] { (byte)(i + 1), sampling?[i] ?? 0x11, 0 });
        byte[] lengths = [0, 0, 0, 12, .. new byte[12]];
        List<byte> bytes = [0xFF, 0xD8, .. segments ?? []];
        bytes.AddRange(Segment(0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]));
        bytes.AddRange(Segment(frame, [8, .. Number(height), .. Number(width), (byte)values.Length, .. components]));
        // Category c has the four bits c; the only code for the other coefficients is "no more of them".
        bytes.AddRange(Segment(0xC4, [0x00, .. lengths, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0x10, 1, .. new byte[15], 0]));
        var blocks = isCutShort ? 1 : (width + 7) / 8 * ((height + 7) / 8);
        foreach (var scan in scans ?? [all])
        {
            var last = (byte)(frame == Progressive ? 0 : 63);
            bytes.AddRange(Segment(0xDA, [(byte)scan.Length, .. scan.SelectMany(i => new byte[] { (byte)(i + 1), 0 }), 0, last, 0]));
            bytes.AddRange(Data([.. scan.Select(i => values[i])], blocks, hasRest: frame != Progressive));
        }
        return [.. bytes, 0xFF, 0xD9];
    }

    public static byte[] Segment(byte marker, byte[] content) => [0xFF, marker, .. Number(content.Length + 2), .. content];

    private static byte[] Number(int value) => [(byte)(value >> 8), (byte)value];

    private static IEnumerable<byte> Data(byte[] values, int blocks, bool hasRest)
    {
        var bits = new List<bool>();
        for (var block = 0; block < blocks; block++)
        {
            foreach (var value in values)
            {
                Add(block == 0 ? (value - 128) * 8 : 0);
                if (hasRest)
                    bits.Add(false);
            }
        }
        while (bits.Count % 8 != 0)
            bits.Add(true);
        for (var at = 0; at < bits.Count; at += 8)
        {
            var value = (byte)bits.Slice(at, 8).Aggregate(0, (sum, bit) => sum << 1 | (bit ? 1 : 0));
            yield return value;
            if (value == 0xFF)
                yield return 0;
        }

        void Add(int difference)
        {
            var category = 0;
            while (Math.Abs(difference) >> category != 0)
                category++;
            Bits(category, 4);
            Bits(difference < 0 ? difference - 1 : difference, category);
        }

        void Bits(int value, int count)
        {
            for (var bit = count - 1; bit >= 0; bit--)
                bits.Add((value >> bit & 1) == 1);
        }
    }
}
