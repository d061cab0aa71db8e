using System.Reflection;

namespace Farm.Server.Docs;

/// <summary>Serves the embedded documentation.</summary>
internal static class DocsEndpoints
{
    /// <summary>Stricter than on the dashboard: these pages need only one script and no connections.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Adds the services of <see cref="MapDocs"/>, which also needs <see cref="ISettingsReference"/> and <c>IAssetLinks</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="protocols">Assemblies that hold the documents of protocols.</param>
    public static IServiceCollection AddDocs(this IServiceCollection services, IEnumerable<Assembly> protocols) => services
        .AddSingleton(new DocsLibrary(protocols.Prepend(typeof(DocsEndpoints).Assembly)))
        .AddSingleton<DocsRenderer>()
        .AddSingleton<DocsLayout>();

    /// <summary>Maps <c>/docs</c>, the list of pages, and the pages below it.</summary>
    public static IEndpointRouteBuilder MapDocs(this IEndpointRouteBuilder app)
    {
        var (library, layout) = (app.ServiceProvider.GetRequiredService<DocsLibrary>(), app.ServiceProvider.GetRequiredService<DocsLayout>());
        string[] methods = [HttpMethods.Get, HttpMethods.Head];
        app.MapMethods(DocsLibrary.Root, methods, (HttpContext context) => Answer(context, layout.Index()));
        app.MapMethods($"{DocsLibrary.Root}/{{**page}}", methods, (HttpContext context, string page) => library.Find(page.Trim('/')) is { } found
            ? Answer(context, layout.Page(found))
            : Answer(context, layout.NotFound(page), StatusCodes.Status404NotFound));
        return app;
    }

    private static IResult Answer(HttpContext context, string html, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Content(html, "text/html; charset=utf-8", statusCode: status);
    }
}
