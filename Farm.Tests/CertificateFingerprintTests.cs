using Farm.Server;

namespace Farm.Tests;

public sealed class CertificateFingerprintTests
{
    private static readonly string Digits = string.Concat(Enumerable.Repeat("0123456789abcdef", 4));

    [Fact]
    public void It_is_read_as_Farm_browsers_and_openssl_print_it()
    {
        var pairs = Digits.ToUpperInvariant().Chunk(2).Select(pair => new string(pair));
        foreach (var text in new[] { Digits, Digits.ToUpperInvariant(), string.Join(':', pairs), string.Join(' ', pairs) })
            Assert.Equal(Digits, CertificateFingerprint.Parse(text));
    }

    [Fact]
    public void Other_texts_are_none()
    {
        foreach (var text in new[] { "", "none", Digits[1..], Digits + "0", Digits[1..] + "g" }) Assert.Null(CertificateFingerprint.Parse(text));
    }
}
