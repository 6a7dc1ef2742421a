/* The only script of the service: it carries a passkey from the browser to a form. Without it, the other ways remain. */
(function () {
  'use strict'

  async function options (form) {
    if (form.dataset.options) return JSON.parse(form.dataset.options)
    const answer = await fetch(form.action, { headers: { Accept: 'application/json' } })
    if (!answer.ok) throw new Error('no options')
    return (await answer.json()).request_options
  }

  async function perform (form) {
    const failed = form.querySelector('[data-failed]')
    failed.hidden = true
    try {
      const credential = await window.webauthnJSON[form.dataset.passkey](await options(form))
      form.elements.credential.value = JSON.stringify(credential)
      form.submit()
    } catch {
      failed.hidden = false
    }
  }

  if (!window.PublicKeyCredential || !window.webauthnJSON) return
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    const button = form.querySelector('button')
    form.querySelector('[data-without]').hidden = true
    button.hidden = false
    button.addEventListener('click', () => perform(form))
    form.addEventListener('submit', (event) => { event.preventDefault(); perform(form) })
  }
})()
