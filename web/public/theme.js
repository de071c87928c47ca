// Runs before the first paint so that a dark screen never flashes white.
try {
  var theme = localStorage.getItem('docket.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch { /* storage is closed: the system's theme holds */ }
