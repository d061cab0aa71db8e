using Farm.Server.Contracts.Shared;
using Farm.Server.Hosting.Security;
using Farm.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Farm.Tests.Hosting.Security;

/// <summary>Writes errors in the format of the test protocol.</summary>
internal sealed class JsonErrorWriter : IHttpErrorWriter
{
    public Task WriteAsync(HttpContext context, HttpError refusal)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($$"""{"code":{{refusal.Status}},"message":"{{refusal.Message}}"}""");
    }
}

internal static class SecurityTestHost
{
    /// <summary>A server with all security middleware and endpoints of each kind; <c>/json</c> has a protocol's own error format.</summary>
    public static Task<TestWebHost> StartAsync(
        SecuritySettings? settings = null, Action<WebApplication>? map = null, Action<IServiceCollection>? services = null) =>
        TestWebHost.StartAsync(
            app =>
            {
                app.UseFarmSecurity();
                app.UseWebSockets();
                app.MapGet("/", () => "hello");
                app.MapGet("/page", () => Results.Content("<p>hello</p>", "text/html; charset=utf-8"));
                app.MapGet("/peer", (HttpContext context) => $"{context.Connection.RemoteIpAddress} {context.Request.Scheme} {context.Request.Host}");
                app.MapGet("/take", () => "changed").WithMetadata(new StateChangingGet());
                app.MapGet("/promote", () => "changed").WithMetadata(new StateChangingGet(UsesSession: true));
                app.MapPost("/", ReadBodyAsync);
                app.MapPost("/json", ReadBodyAsync).WithMetadata(new JsonErrorWriter());
                app.MapPost("/small", ReadBodyAsync).WithBodyLimit(10);
                app.MapPost("/any", ReadBodyAsync).WithBodyLimit(null);
                app.MapGet("/fails", void () => throw new InvalidOperationException("the secret is 42"));
                app.MapGet("/json/fails", void () => throw new InvalidOperationException("the secret is 42")).WithMetadata(new JsonErrorWriter());
                app.MapGet("/socket", AcceptSocketAsync);
                map?.Invoke(app);
            },
            collection =>
            {
                collection.AddFarmSecurity(settings ?? new SecuritySettings());
                services?.Invoke(collection);
            });

    /// <summary>Registers a logger that collects all lines.</summary>
    public static Action<IServiceCollection> WithLog<T>(ListLogger<T> log) => services => services.AddSingleton<ILogger<T>>(log);

    private static async Task<string> ReadBodyAsync(HttpRequest request)
    {
        using var copy = new MemoryStream();
        await request.Body.CopyToAsync(copy);
        return copy.Length.ToString();
    }

    private static async Task AcceptSocketAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await socket.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, default);
    }
}
