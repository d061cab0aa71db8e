using System.Text;

namespace Farm.Server.Docs;

/// <summary>Writes the settings as Markdown tables into a page.</summary>
internal static class SettingsTable
{
    /// <summary>The line of a page that <see cref="Insert"/> replaces by the settings.</summary>
    public const string SettingsMarker = "{{settings}}";

    /// <summary>The line of a page that <see cref="Insert"/> replaces by the keys that have no effect.</summary>
    public const string IgnoredMarker = "{{ignored-settings}}";

    /// <summary>Replaces the markers by the tables.</summary>
    public static string Insert(string markdown, ISettingsReference settings)
    {
        if (!markdown.Contains("{{", StringComparison.Ordinal)) return markdown;
        return markdown
            .Replace(SettingsMarker, Settings(settings), StringComparison.Ordinal)
            .Replace(IgnoredMarker, Ignored(settings), StringComparison.Ordinal);
    }

    private static string Settings(ISettingsReference settings)
    {
        var table = new StringBuilder("| key | default | values | meaning | applies |\n|---|---|---|---|---|\n");
        foreach (var setting in settings.All)
        {
            table.Append($"| {Code(setting.Key)} | {Code(setting.Default)} | {Cell(setting.Values)} | {Cell(setting.Meaning)} | ")
                .Append(setting.AppliesAtOnce ? "at once" : "at the next start").Append(" |\n");
        }

        return table.ToString();
    }

    private static string Ignored(ISettingsReference settings)
    {
        var table = new StringBuilder("| key | instead |\n|---|---|\n");
        foreach (var key in settings.Ignored) table.Append($"| {Code(key.Key)} | {Cell(key.Instead)} |\n");
        return table.ToString();
    }

    private static string Code(string text) => text.Length == 0 ? "" : $"`{Cell(text)}`";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
