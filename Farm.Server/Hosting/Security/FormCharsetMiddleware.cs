using Farm.Server.Contracts.Shared;
using Microsoft.Net.Http.Headers;

namespace Farm.Server.Hosting.Security;

/// <summary>Refuses forms in UTF-7, for which the framework's reader of forms has only an unspecific exception.</summary>
internal sealed class FormCharsetMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) => !context.Request.HasFormContentType || IsReadable(context.Request.ContentType)
        ? next(context)
        : context.WriteErrorAsync(new HttpError(StatusCodes.Status415UnsupportedMediaType, "the form has a charset that is not supported; send UTF-8"));

    private static bool IsReadable(string? contentType)
    {
        try
        {
            if (MediaTypeHeaderValue.TryParse(contentType, out var type)) _ = type.Encoding;
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }
}
