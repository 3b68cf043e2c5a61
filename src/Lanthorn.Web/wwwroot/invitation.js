// The code of an invitation stands behind the # of its address, which no browser sends: into the field, and out of the address.
const field = document.querySelector("[data-code]");
if (field && location.hash.length > 1) {
  field.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname + location.search);
}
