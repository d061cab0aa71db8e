using Farm.Dashboard.Live;
using Farm.Dashboard.Ports;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Farm.Dashboard.Pages;

/// <summary>
/// The submission form of a job type. The browser remembers the entered values for the next submission.
/// </summary>
public partial class SubmitFormPage
{
    private const int TasksShown = 10;
    private const int UsualPriority = 50;

    private readonly Dictionary<string, string> _values = [];
    private readonly Dictionary<string, string> _touched = [];
    private IReadOnlyDictionary<string, string> _wrong = new Dictionary<string, string>();
    private JobTypeForm? _form;
    private JobPreview? _preview;
    private string? _problem;
    private string? _shownType;
    private string _name = "";
    private int _priority = UsualPriority;
    private bool _looked;
    private bool _busy;

    [Parameter]
    public string Type { get; set; } = "";

    [Inject]
    private IJobTypes Types { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        _form = await Types.FindAsync(Type, cancellationToken);
        _looked = true;
        // Set before the first await, because the page is rendered meanwhile.
        Fill();
        if (_shownType != Type)
        {
            _shownType = Type;
            _touched.Clear();
            if (RendererInfo.IsInteractive) await RecallAsync(cancellationToken);
            (_preview, _problem, _wrong) = (null, null, new Dictionary<string, string>());
        }

        // A changed template must not discard entered values.
        Fill();
    }

    protected override bool Concerns(ChangeBatch batch) => batch.Has(FarmChangeKind.JobTypes);

    private static IEnumerable<IGrouping<string, JobField>> Groups(JobTypeForm form) =>
        form.Fields.Where(field => !field.IsHidden).GroupBy(field => field.Group ?? "");

    private async Task ChangeAsync(string key, string value)
    {
        (_values[key], _touched[key]) = (value, value);
        _wrong = _wrong.Where(problem => problem.Key != key).ToDictionary();
        await Script.InvokeVoidAsync("farm.remember", Type, _touched);
    }

    private async Task ResetAsync()
    {
        _touched.Clear();
        (_wrong, _preview, _problem, _name, _priority) = (new Dictionary<string, string>(), null, null, "", UsualPriority);
        Fill();
        await Script.InvokeVoidAsync("farm.remember", Type, _touched);
    }

    private async Task RecallAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, value) in await Script.InvokeAsync<Dictionary<string, string>>("farm.remembered", cancellationToken, Type)) _touched[key] = value;
    }

    private void Fill()
    {
        _values.Clear();
        foreach (var field in _form?.Fields ?? [])
            _values[field.Key] = !field.IsHidden && _touched.TryGetValue(field.Key, out var kept) ? kept : field.Default;
    }

    private Task PreviewAsync() => TryAsync(async request => _preview = await Types.PreviewAsync(request, TasksShown, CancellationToken.None));

    private Task SubmitAsync() => TryAsync(async request => Navigation.NavigateTo($"/jobs/{await Types.SubmitAsync(request, CancellationToken.None)}"));

    private async Task TryAsync(Func<JobRequest, Task> work)
    {
        _busy = true;
        (_problem, _wrong) = (null, new Dictionary<string, string>());
        try
        {
            await work(new JobRequest(Type, _name.Trim(), _priority, _values));
        }
        catch (JobRejectedException refused)
        {
            _preview = null;
            _wrong = refused.Fields;
            var isShown = refused.Fields.Count > 0 && refused.Fields.Keys.All(key => _form!.Fields.Any(field => field.Key == key && !field.IsHidden));
            _problem = isShown ? $"Correct {Count(refused.Fields.Count)} below." : refused.Message;
        }
        finally
        {
            _busy = false;
        }
    }

    private static string Count(int fields) => fields == 1 ? "1 field" : $"{fields} fields";
}
