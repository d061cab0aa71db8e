using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.Shared;

/// <summary>
/// A protocol: all that the farm has for it, in one folder of its own. The farm learns of it by one line in the list of modules
/// (Docs/design.md section 4).
/// </summary>
internal interface IProtocolModule
{
    /// <summary>Its key below <c>contracts:</c> in the settings, which is also what its schema is remembered by: lower-case letters and <c>_</c>.</summary>
    string Name { get; }

    /// <summary>The type of what a studio can set about it beside <c>enabled</c> and <c>prefix</c>, which becomes a service; null for nothing.</summary>
    IModuleSettings? Settings => null;

    /// <summary>The steps that make its own tables: <c>Store/Migrations/Sqlite/0001_….sql</c> in its folder, embedded, none if there are none.</summary>
    ModuleSchema Schema => new(Name, Migration.Embedded(GetType().Assembly, $"{GetType().Namespace}.Store"));

    /// <summary>Its document as Markdown: <c>Contract.md</c> in its folder, embedded.</summary>
    string Documentation => ModuleDocument.Read(GetType());

    /// <summary>Adds what it needs beside the operations of the farm. Called whether it is spoken or not: its jobs and workers may be there all the same.</summary>
    void AddServices(IServiceCollection services, ModuleContext context);

    /// <summary>Maps every route, in the order of its document. Called once, and only when it is spoken.</summary>
    /// <param name="routes">Routes below the prefix of the settings; <see cref="IEndpointRouteBuilder.ServiceProvider"/> has its services.</param>
    void Map(IEndpointRouteBuilder routes);
}
