using Farm.Dashboard.Actions;
using Farm.Dashboard.Live;
using Farm.Dashboard.Ports;
using Microsoft.AspNetCore.Components;

namespace Farm.Dashboard.Pages;

/// <summary>The people of the farm, for administrators.</summary>
public partial class PeoplePage
{
    private PeopleList? _list;
    private bool _mayNot;
    private string? _problem;

    [Inject]
    private IFarmAccounts Farm { get; set; } = null!;

    [Inject]
    private ActionRunner Runner { get; set; } = null!;

    /// <summary>The name of the person whose panel is open.</summary>
    [SupplyParameterFromQuery(Name = "person")]
    private string? Name { get; set; }

    /// <summary>Whether the form for a new person is open.</summary>
    [SupplyParameterFromQuery]
    private string? Add { get; set; }

    private PersonRow? Selected => _list?.People.FirstOrDefault(person => person.Username == Name);

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        _list = await Farm.ReadAsync(cancellationToken);
        _mayNot = _list is null;
    }

    /// <summary>Whatever happens to an account is in the audit.</summary>
    protected override bool Concerns(ChangeBatch batch) => batch.Has(FarmChangeKind.Audit);

    private async Task ActivateAsync(PersonRow person)
    {
        _problem = await Runner.TryAsync(() => Farm.ActivateAsync(person.Id, CancellationToken.None), $"{person.Username} can sign in.");
        await RefreshAsync();
    }
}
