using Farm.Dashboard.Lists;
using Farm.Dashboard.Live;
using Farm.Dashboard.Ports;
using Microsoft.AspNetCore.Components;

namespace Farm.Dashboard.Pages;

/// <summary>What people did, newest first.</summary>
public partial class ActivityPage
{
    private const string Done = "done";
    private const string Refused = "refused";

    private readonly StableRows<ActivityRow> _rows = new(row => row.Key);
    private readonly ListState<ActivitySort> _state = new(ActivitySort.Time, standardDescending: true, pageSize: 50);
    private ActivityQuery? _shown;
    private int? _total;
    private bool _isHidden;

    [Inject]
    private IFarmAudit Audit { get; set; } = null!;

    private string? FileLink
    {
        get
        {
            if (Audit.FileAddress is not { } file || _shown is not { } query) return null;
            var values = new Dictionary<string, string?>
            {
                ["who"] = query.Who,
                ["verb"] = query.Verb,
                ["target"] = query.Target,
                ["q"] = query.Search,
                ["result"] = query.IsRefused switch { null => null, true => Refused, false => Done },
            };
            return $"{file}?format=csv{string.Concat(values.Where(value => value.Value is not null).Select(value => $"&{value.Key}={Uri.EscapeDataString(value.Value!)}"))}";
        }
    }

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        TakeAddress(_state);
        var filter = ActivityFilter.Read(_state.Search);
        bool? refused = _state.Group switch { Refused => true, Done => false, _ => null };
        var query = new ActivityQuery(_state.Page, refused, filter.Who, filter.Verb, filter.Target, filter.Search);
        var page = await Audit.ReadAsync(query, cancellationToken);
        _isHidden = page is null;
        if (page is not null) _rows.Take(page.Rows, anotherList: query != _shown);
        (_total, _shown) = (page?.Total, query);
    }

    protected override bool Concerns(ChangeBatch batch) => batch.Has(FarmChangeKind.Audit);

    /// <summary>The list has one order.</summary>
    private enum ActivitySort
    {
        Time,
    }
}
