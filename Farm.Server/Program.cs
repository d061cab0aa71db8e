using Farm.Server.Hosting;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddFarmDashboard();
var app = builder.Build();
app.MapFarmDashboard();
await app.RunAsync();
return 0;
