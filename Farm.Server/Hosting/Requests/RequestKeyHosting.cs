using Farm.Server.Operations;
using Farm.Server.Operations.Requests;

namespace Farm.Server.Hosting.Requests;

/// <summary>Adds keys of requests to the server.</summary>
internal static class RequestKeyHosting
{
    /// <summary>Adds the services.</summary>
    public static IServiceCollection AddRequestKeys(this IServiceCollection services) => services
        .AddSingleton<RepeatedRequests>()
        .AddSingleton<RequestTurns>()
        .AddSingleton<IPeriodicDuty, RequestKeyRetention>();

    /// <summary>Carries out a request with a key once. Must come after it is known who makes the request, and that they may.</summary>
    public static IApplicationBuilder UseRequestKeys(this IApplicationBuilder app) => app.UseMiddleware<RepeatedRequestMiddleware>();
}
