namespace Farm.Tests.Drills.Fuzz.Mutations;

/// <summary>Mutations of bytes, whatever they mean.</summary>
internal static class ByteMutations
{
    /// <summary>Changes a few bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="random">The source of choices.</param>
    /// <param name="pieces">What to put in; null for <see cref="HostileValues.Bytes"/>.</param>
    public static byte[] Mutate(byte[] bytes, Random random, byte[][]? pieces = null)
    {
        var at = random.Next(bytes.Length + 1);
        var rest = bytes.Length - at;
        var length = random.Next(Math.Min(rest, 64) + 1);
        return random.Next(7) switch
        {
            0 when bytes.Length > 0 => Flip(bytes, random),
            1 => bytes[..at],
            2 => [.. bytes[..at], .. bytes[(at + length)..]],
            3 => [.. bytes[..(at + length)], .. bytes[at..]],
            4 => [.. bytes[..at], .. random.Pick(pieces ?? HostileValues.Bytes), .. bytes[(at + length)..]],
            5 => [.. bytes[at..], .. bytes[..at]],
            _ => [.. bytes[..at], .. random.Pick(pieces ?? HostileValues.Bytes), .. bytes[at..]],
        };
    }

    private static byte[] Flip(byte[] bytes, Random random)
    {
        byte[] changed = [.. bytes];
        for (var i = random.Next(1, 5); i > 0; i--) changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
        return changed;
    }
}
