// After a refused form the summary of errors takes the focus, so that a screen
// reader tells it first; a link in it goes to the field.
const summary = document.querySelector(".error-summary");
if (summary) summary.focus();
