using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;
using Farm.Tests.Contracts.Toy.Endpoints;
using Farm.Tests.Contracts.Toy.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Farm.Tests.Contracts.Toy;

/// <summary>A protocol of nobody: all that a sixth protocol needs is in this folder.</summary>
internal sealed class ToyModule : IProtocolModule
{
    public string Name => "toy";

    public IModuleSettings Settings { get; } = new ModuleSettings<ToySettings>();

    public void AddServices(IServiceCollection services, ModuleContext context) => services
        .AddSingleton<NoteBook>()
        .AddSingleton<NoteEndpoints>();

    public void Map(IEndpointRouteBuilder routes)
    {
        var notes = routes.ServiceProvider.GetRequiredService<NoteEndpoints>();
        var toy = routes.MapGroup("/toy/v1").Needs(Permission.Look).WithMetadata(new ToyErrors()).Wrap(ToyErrors.Wrap);
        toy.MapGet("/notes", notes.ListAsync);
        toy.MapPost("/notes", notes.AddAsync).Needs(Permission.SubmitJobs);
        toy.Map("/{**path}", (RequestDelegate)(_ => throw ToyException.NoSuchPath()));
    }
}
