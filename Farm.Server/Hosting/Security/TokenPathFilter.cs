using Farm.Server.Contracts.Shared;

namespace Farm.Server.Hosting.Security;

/// <summary>Takes a token out of the path (<see cref="TokenPath"/>) before routing, which WebApplication puts in front of all other middleware.</summary>
internal sealed class TokenPathFilter : IStartupFilter
{
    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(following => context =>
        {
            TokenPath.Take(context);
            return following(context);
        });
        next(app);
    };
}
