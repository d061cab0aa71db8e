namespace Farm.Server.Hosting.StaticFiles;

/// <summary>Content types by file extension.</summary>
internal static class StaticFileTypes
{
    /// <exception cref="NotSupportedException">The extension is unknown.</exception>
    public static string ContentTypeOf(string path) => Path.GetExtension(path) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        var other => throw new NotSupportedException($"No content type is known for embedded static files ending in \"{other}\"."),
    };

    public static bool IsText(string path) => Path.GetExtension(path) is ".css" or ".js" or ".svg";
}
