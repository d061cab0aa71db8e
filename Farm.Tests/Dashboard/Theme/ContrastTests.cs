using System.Globalization;
using System.Text.RegularExpressions;
using Farm.Dashboard;

namespace Farm.Tests.Dashboard.Theme;

/// <summary>The colours of texts, as the style sheet has them, against the grounds that they are put on.</summary>
public sealed partial class ContrastTests
{
    private static readonly Dictionary<string, string[]> Colours = Read();

    [Theory]
    [InlineData("waiting", "surface")]
    [InlineData("running", "surface")]
    [InlineData("done", "surface")]
    [InlineData("attention", "surface")]
    [InlineData("failed", "surface")]
    [InlineData("text", "surface")]
    [InlineData("text", "ground")]
    [InlineData("text", "chosen")]
    [InlineData("text-soft", "surface")]
    [InlineData("text-soft", "ground")]
    [InlineData("text-soft", "raised")]
    [InlineData("accent", "surface")]
    [InlineData("accent", "ground")]
    [InlineData("on-accent", "accent")]
    public void Texts_stand_out_at_least_4_5_to_1_in_light_and_dark(string text, string ground)
    {
        for (var scheme = 0; scheme < 2; scheme++)
            Assert.InRange(Contrast(Colours[text][scheme], Colours[ground][scheme]), 4.5, 21);
    }

    private static double Contrast(string a, string b)
    {
        double[] both = [Luminance(a), Luminance(b)];
        return (both.Max() + 0.05) / (both.Min() + 0.05);
    }

    /// <summary>Relative luminance by WCAG 2.</summary>
    private static double Luminance(string colour)
    {
        double Part(int index)
        {
            var share = int.Parse(colour.AsSpan(index, 2), NumberStyles.HexNumber) / 255.0;
            return share <= 0.03928 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Part(0) + 0.7152 * Part(2) + 0.0722 * Part(4);
    }

    private static Dictionary<string, string[]> Read()
    {
        using var sheet = new StreamReader(typeof(App).Assembly.GetManifestResourceStream("static/theme/tokens.css")!);
        return Token().Matches(sheet.ReadToEnd()).ToDictionary(
            token => token.Groups["name"].Value, token => new[] { token.Groups["light"].Value, token.Groups["dark"].Value });
    }

    [GeneratedRegex("--(?<name>[a-z-]+): light-dark\\(#(?<light>[0-9a-f]{6}), #(?<dark>[0-9a-f]{6})\\)")]
    private static partial Regex Token();
}
