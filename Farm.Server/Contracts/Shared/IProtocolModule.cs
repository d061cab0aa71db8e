using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.Shared;

/// <summary>A protocol: one folder, and one line in <see cref="ProtocolModules"/> (Docs/design.md section 4).</summary>
internal interface IProtocolModule
{
    /// <summary>Its key below <c>contracts:</c> in the settings and the name of its database schema: lower-case letters and <c>_</c>.</summary>
    string Name { get; }

    /// <summary>Its settings besides <c>enabled</c> and <c>prefix</c>, also registered as a service; null for none.</summary>
    IModuleSettings? Settings => null;

    /// <summary>The migrations of its own tables: the embedded <c>Store/Migrations/Sqlite/0001_….sql</c> of its folder, if any.</summary>
    ModuleSchema Schema => new(Name, Migration.Embedded(GetType().Assembly, $"{GetType().Namespace}.Store"));

    /// <summary>Its documentation as Markdown: the embedded <c>Contract.md</c> of its folder.</summary>
    string Documentation => ModuleDocument.Read(GetType());

    /// <summary>Registers its services. Called for a disabled protocol too, as its jobs and workers may still exist.</summary>
    void AddServices(IServiceCollection services, ModuleContext context);

    /// <summary>Maps every route, in the order of its document. Called once, and only when the protocol is enabled.</summary>
    /// <param name="routes">Routes below the configured prefix; <see cref="IEndpointRouteBuilder.ServiceProvider"/> has its services.</param>
    void Map(IEndpointRouteBuilder routes);
}
